from tests.codesets.rules.speed import random_claims, seconds


def test_a_thousand_claims_take_less_than_two_seconds():
    taken, found = seconds(random_claims(1_000))

    assert found > 0
    assert taken < 2
