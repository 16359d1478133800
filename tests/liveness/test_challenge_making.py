"""What challenges promise before anybody answers them."""

from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.challenge import Act, Challenge, Colour, Need
from tests.liveness.answers import NOW
from verifiers.liveness.challenge import NothingToAsk, new_challenge
from verifiers.liveness.challenges.making import LEFT_OUT

needs = st.frozensets(st.sampled_from(list(Need))).filter(
    lambda chosen: not {Need.HEAD, Need.LIGHT} <= chosen
)
challenges = st.builds(
    lambda seed, without: new_challenge(Random(seed), now=NOW, without=without),
    st.integers(0, 2**64),
    needs,
)


def acts(challenge: Challenge) -> list[Act]:
    return [step.act for step in challenge.steps if step.act is not Act.LOOK]


@given(challenges)
def test_it_takes_16_to_24_seconds_and_begins_and_ends_with_a_look(challenge: Challenge) -> None:
    assert 16 <= challenge.seconds <= 24
    assert [step.act for step in challenge.steps[::2]] == [Act.LOOK] * (len(acts(challenge)) + 1)
    assert challenge.steps[0].begins == 0
    assert challenge.steps[0].seconds >= 1.5
    assert len(acts(challenge)) in (4, 5)


@given(challenges)
def test_nothing_is_asked_that_a_need_leaves_out(challenge: Challenge) -> None:
    for need in challenge.without:
        assert not LEFT_OUT[need].intersection(acts(challenge))


@given(challenges)
def test_something_can_always_prove_volume(challenge: Challenge) -> None:
    assert {Act.TURN_LEFT, Act.TURN_RIGHT} <= set(acts(challenge)) or (
        acts(challenge).count(Act.COLOURS) >= 2
    )


@given(challenges)
def test_no_act_comes_twice_in_a_row_unless_only_light_is_left(challenge: Challenge) -> None:
    asked = acts(challenge)
    if set(asked) != {Act.COLOURS}:
        assert all(one is not following for one, following in pairwise(asked))


@settings(max_examples=150)
@given(challenges)
def test_a_screen_never_changes_over_three_times_a_second_nor_from_red_to_black(
    challenge: Challenge,
) -> None:
    for step in challenge.steps:
        if step.act is Act.COLOURS:
            assert step.seconds / len(step.colours) >= 0.5
            assert 5 <= len(step.colours) <= 6
            for one, following in pairwise(step.colours):
                assert one is not following
                assert {one, following} != {Colour.RED, Colour.BLACK}


def test_who_cannot_have_flashing_light_is_never_shown_any() -> None:
    for seed in range(50):
        challenge = new_challenge(Random(seed), now=NOW, without=frozenset({Need.LIGHT}))
        assert not any(step.colours for step in challenge.steps)


def test_where_nothing_is_left_that_proves_presence_another_way_is_offered() -> None:
    with pytest.raises(NothingToAsk, match=r"in person.*chip"):
        new_challenge(Random(1), now=NOW, without=frozenset({Need.HEAD, Need.LIGHT}))
    with pytest.raises(NothingToAsk, match="in person"):
        new_challenge(Random(1), now=NOW, without=frozenset(Need))


def test_one_challenge_says_nothing_of_the_next() -> None:
    made = [new_challenge(Random(seed), now=NOW) for seed in range(300)]
    assert len({challenge.nonce for challenge in made}) == 300
    assert len({tuple(acts(challenge)) for challenge in made}) > 280
    for act in set(Act) - {Act.LOOK}:
        assert any(act in acts(challenge) for challenge in made)


def test_it_expires() -> None:
    challenge = new_challenge(Random(1), now=NOW, lifetime=timedelta(minutes=2))
    assert challenge.issued_at == NOW
    assert challenge.expires_at == NOW + timedelta(minutes=2)
