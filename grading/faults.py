"""What is wrong on a line whose code is right (R9 to R13, R16, R19, R23), and how much credit does that leave?"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from grading.answers import CPT, HCPCS, Cause, CodedLine, Decision, KeyLine, Payer, Poa, normal_code
from grading.em import score_em, wrong_reasons
from grading.evidence import is_right_evidence
from grading.modifiers import modifier_faults
from grading.pointers import pointer_faults
from grading.units import has_units_fault
from grading.weights import Weights

LADDER = {
    Cause.POA: "poa",
    Cause.PAYMENT_MODIFIER: "payment_modifier",
    Cause.OVERRIDE_MISSING: "override_missing",
    Cause.OVERRIDE_UNSUPPORTED: "override_unsupported",
    Cause.INFORMATIONAL_MODIFIER: "informational_modifier",
    Cause.MODIFIER_ORDER: "informational_modifier",
    Cause.UNITS: "units",
    Cause.POINTER: "pointer",
    Cause.SUPPORT: "support",
    Cause.SENTENCE: "sentence",
}
OF_MODIFIERS = frozenset({"payment_modifier", "override_missing", "override_unsupported", "informational_modifier"})
IS_THE_LINE = frozenset({Cause.SUPPORT, Cause.SENTENCE})  # without it a right code is no right line (R19, R23)
NOT_WHOLE = frozenset({Cause.MODIFIER, Cause.UNITS}) | IS_THE_LINE
SERVICES = frozenset({CPT, HCPCS})
NECESSITY = frozenset({Decision.MET, Decision.NOT_MET, Decision.ABN})
ONE = Fraction(1)


def faults_of(
    wanted: KeyLine, entered: CodedLine, payer: Payer, read_as: Mapping[str, str] | None = None
) -> tuple[Cause, ...]:
    """`read_as` is explained in grading.pointers. Most lines of most charts are a code and its letter."""
    if wanted.is_plain and not entered.modifiers:
        return poa_faults(wanted, entered)
    return (
        *poa_faults(wanted, entered),
        *service_faults(wanted, entered, payer, read_as),
        *reason_faults(wanted, entered, is_right_level=True),
        *_proof_faults(wanted, entered),
    )


def service_faults(
    wanted: KeyLine, entered: CodedLine, payer: Payer, read_as: Mapping[str, str] | None = None
) -> tuple[Cause, ...]:
    """Rules R10 to R12 hold for every matched service, also for one whose code is only near."""
    units = (Cause.UNITS,) if has_units_fault(wanted, entered) else ()
    return (*modifier_faults(wanted, entered, payer), *units, *pointer_faults(wanted, entered, read_as or {}))


def right_letters(wanted: KeyLine, entered: CodedLine) -> tuple[Poa | None, ...]:
    """The letters of the code that was entered: an accepted alternative may have its own."""
    for other in wanted.accept:
        if other.poa is not None and normal_code(other.code) == entered.name[1]:
            return (other.poa, *other.poa_accept)
    return (wanted.poa, *wanted.poa_accept)


def poa_faults(wanted: KeyLine, entered: CodedLine) -> tuple[Cause, ...]:
    """Rule R9. Without a letter in the key none is asked for, and none is judged."""
    letter = entered.poa
    if letter is wanted.poa and not wanted.accept:
        return ()
    letters = right_letters(wanted, entered)
    if letters[0] is None or letter in letters:
        return ()
    if letters[0] is Poa.EXEMPT:
        return (Cause.POA_ON_EXEMPT,) if letter else ()
    return (Cause.POA,) if letter else (Cause.POA, Cause.POA_MISSING)


def reason_faults(wanted: KeyLine, entered: CodedLine, *, is_right_level: bool) -> Iterator[Cause]:
    """Rule R13: what was judged otherwise, and by name the right level for wrong reasons."""
    wrong = wrong_reasons(wanted.em, entered.em) if wanted.em else ()
    if wrong and is_right_level:
        yield Cause.EM_REASONS
    yield from (Cause(f"em_{reason}") for reason in wrong)


def _proof_faults(wanted: KeyLine, entered: CodedLine) -> Iterator[Cause]:
    """A diagnosis of a risk adjustment sweep is code, span and support (R19), a decision on necessity has its
    sentence (R23): there the words are part of the line. Elsewhere they are reported, or scored if the case says so."""
    if wanted.support and not (entered.support and set(entered.support) <= set(wanted.support)):
        yield Cause.SUPPORT
    if not wanted.evidence or is_right_evidence(entered.evidence, wanted.evidence):
        return
    if wanted.support or wanted.code in NECESSITY:
        yield Cause.SENTENCE
    elif entered.evidence:
        yield Cause.EVIDENCE


def credit_left(wanted: KeyLine, entered: CodedLine, causes: Sequence[Cause], weights: Weights) -> Fraction:
    """Of a right code: the level of its reasons (R13) less its faults."""
    left = score_em(wanted.em, entered.em, is_right_level=True) if wanted.em else ONE
    return less_faults(left, causes, weights)


def less_faults(left: Fraction, causes: Sequence[Cause], weights: Weights) -> Fraction:
    """Faults of different kinds multiply; of several modifier faults the costliest counts."""
    of_modifiers = ONE
    for step in [LADDER[cause] for cause in causes if cause in LADDER]:
        factor = weights.learning[step]
        if step in OF_MODIFIERS:
            of_modifiers = min(of_modifiers, factor)
        else:
            left = factor if left is ONE else left * factor
    return left if of_modifiers is ONE else left * of_modifiers
