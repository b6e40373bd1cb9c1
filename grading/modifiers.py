"""Which modifiers of a line are wrong, and what kind of fault is that (rule R10)?"""

from grading.answers import Cause, CodedLine, KeyLine, Payer

PAYMENT = frozenset(
    {"22", "26", "TC", "50", "52", "53", "54", "55", "56", "62", "66", "80", "82", "AS", "73", "74"}
    | {"QK", "QX", "QZ", "AA"}
)
OVERRIDE = frozenset({"24", "25", "57", "58", "59", "76", "77", "78", "79", "91", "XE", "XP", "XS", "XU"})
DISTINCT = frozenset({"XE", "XP", "XS", "XU"})  # say exactly what 59 says in general
MULTIPLE = "51"

NO_FAULT: tuple[Cause, ...] = ()


def modifier_faults(wanted: KeyLine, entered: CodedLine, payer: Payer) -> tuple[Cause, ...]:
    """Nothing, or MODIFIER with what is wrong about it. Modifiers compare as a set."""
    if wanted.modifiers == entered.modifiers:
        return NO_FAULT
    optional, has = frozenset(wanted.modifiers_optional), frozenset(entered.modifiers)
    missing, added = frozenset(wanted.modifiers) - has, has - frozenset(wanted.modifiers)
    if payer is Payer.MEDICARE and not wanted.modifiers_exact:
        missing, added = _as_medicare_reads(missing, added, optional - has)
    missing, added = missing - optional, added - optional
    if not missing and not added:
        return _order_fault(wanted, entered)
    return (Cause.MODIFIER, *_kinds(missing, added))


def _as_medicare_reads(
    missing: frozenset[str], added: frozenset[str], optional: frozenset[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """51 need not be written, and 59 equals the exact X modifier; two different X modifiers do not equal each other."""
    may_stand, general = missing | optional, frozenset({"59"})
    reads_alike = (general <= added and may_stand & DISTINCT) or (general <= may_stand and added & DISTINCT)
    if reads_alike and max(len(missing & DISTINCT), len(added & DISTINCT)) <= 1:
        missing, added = missing - DISTINCT - general, added - DISTINCT - general
    return missing - {MULTIPLE}, added - {MULTIPLE}


def _kinds(missing: frozenset[str], added: frozenset[str]) -> tuple[Cause, ...]:
    kinds = []
    if (missing | added) & PAYMENT:
        kinds.append(Cause.PAYMENT_MODIFIER)
    if missing & OVERRIDE:
        kinds.append(Cause.OVERRIDE_MISSING)
    if added & OVERRIDE:
        kinds += [Cause.OVERRIDE_UNSUPPORTED, Cause.COMPLIANCE]
    if (missing | added) - PAYMENT - OVERRIDE:
        kinds.append(Cause.INFORMATIONAL_MODIFIER)
    return tuple(kinds)


def _order_fault(wanted: KeyLine, entered: CodedLine) -> tuple[Cause, ...]:
    """Asked for only where the case says so: payment modifiers before informational ones."""
    informational = [modifier not in PAYMENT and modifier not in OVERRIDE for modifier in entered.modifiers]
    if wanted.modifiers_ordered and informational != sorted(informational):
        return (Cause.MODIFIER, Cause.MODIFIER_ORDER)
    return NO_FAULT
