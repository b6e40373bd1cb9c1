"""Which modifiers of a line are wrong, and what kind of fault is that (rule R10)?"""

from __future__ import annotations

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
    missing = frozenset(wanted.modifiers) - frozenset(entered.modifiers) - frozenset(wanted.modifiers_optional)
    added = frozenset(entered.modifiers) - frozenset(wanted.modifiers) - frozenset(wanted.modifiers_optional)
    if payer is Payer.MEDICARE and not wanted.modifiers_exact:
        missing, added = _as_medicare_reads(missing, added)
    if not missing and not added:
        return _order_fault(wanted, entered)
    return (Cause.MODIFIER, *_kinds(missing, added))


def _as_medicare_reads(missing: frozenset[str], added: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """51 need not be written, and 59 equals the exact X modifier; two different X modifiers do not equal each other."""
    for general, exact in ((missing, added), (added, missing)):
        if "59" in general and len(exact & DISTINCT) == 1:
            missing, added = missing - DISTINCT - {"59"}, added - DISTINCT - {"59"}
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
