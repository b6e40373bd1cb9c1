"""How much of an ICD-10-PCS code is right (rule R6)? For the learning score; audit measures ask for the whole code."""

from fractions import Fraction

from grading.answers import Cause, Relations, normal_code
from grading.relations import is_no_code
from grading.weights import DEFAULT, Weights

FULL_LENGTH = 7
SECTION, BODY_SYSTEM, ROOT_OPERATION = 0, 1, 2
# Place in the code, what stands there, and the name of its weight.
CHARACTERS = (
    (2, Cause.PCS_ROOT_OPERATION, "pcs_root_operation"),
    (3, Cause.PCS_BODY_PART, "pcs_body_part"),
    (4, Cause.PCS_APPROACH, "pcs_approach"),
    (5, Cause.PCS_DEVICE, "pcs_device"),
    (6, Cause.PCS_QUALIFIER, "pcs_qualifier"),
)


def pcs_credit(entered: str, wanted: str, relations: Relations | None = None, weights: Weights = DEFAULT) -> Fraction:
    mine, theirs = normal_code(entered), normal_code(wanted)
    if (
        not len(mine) == len(theirs) == FULL_LENGTH
        or mine[SECTION] != theirs[SECTION]
        or is_no_code(mine, theirs, relations or {})  # it stands in no row of the tables
    ):
        return Fraction(0)
    if mine[BODY_SYSTEM] != theirs[BODY_SYSTEM]:
        is_same_operation = mine[ROOT_OPERATION] == theirs[ROOT_OPERATION]
        return weights.learning["pcs_wrong_body_system"] if is_same_operation else Fraction(0)
    return sum((weights.learning[name] for place, _, name in CHARACTERS if mine[place] == theirs[place]), Fraction(0))


def wrong_characters(entered: str, wanted: str) -> tuple[Cause, ...]:
    """Which characters differ; beside another body system the later ones mean something else."""
    mine, theirs = normal_code(entered), normal_code(wanted)
    if len(mine) != FULL_LENGTH or len(theirs) != FULL_LENGTH:
        return ()
    if mine[BODY_SYSTEM] != theirs[BODY_SYSTEM]:
        return (Cause.PCS_BODY_SYSTEM,)
    return tuple(cause for place, cause, _ in CHARACTERS if mine[place] != theirs[place])
