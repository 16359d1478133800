"""A challenge is answered once, whoever comes at the same moment, and goes with all else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa

from models.order import Choice
from service.store.challenge_tables import CaptureLink, GivenChallenge, Prompts
from service.store.challenges import MOST_A_DAY
from service.store.errors import Conflict, NotFound
from tests.service.store.building import RECRUITER, House, a_challenge, an_answer


def refusals(times: int, act: Callable[[], object]) -> list[str]:
    """Do something so often at once; the names of the conflicts that came of it."""
    with ThreadPoolExecutor(times) as threads:
        errors = [done.exception() for done in [threads.submit(act) for _ in range(times)]]
    names = [
        error.name if isinstance(error, Conflict) else repr(error) for error in errors if error
    ]
    return sorted(names)


def test_of_answers_at_the_same_moment_one_is_taken(house: House) -> None:
    verification = house.ordered()
    challenge, evidence = house.asked(verification), house.sent(verification)
    start = Barrier(4)

    def answer() -> None:
        with house.acting() as t:
            # Read before: on PostgreSQL all of them see that there is none.
            assert t.challenges.get(verification, challenge)
            if house.url.startswith("postgresql"):
                start.wait()
            t.challenges.answer(
                challenge, an_answer(), evidence=evidence, received_at=house.clock.now
            )

    assert refusals(4, answer) == ["challenge-used"] * 3
    with house.acting() as t:
        (answered,) = t.challenges.answered(verification)
        assert answered.answer == an_answer()


def test_an_answer_is_a_recording_of_the_same_verification(house: House) -> None:
    challenge, elsewhere = house.asked(house.ordered()), house.sent(house.ordered())
    with house.acting() as t, pytest.raises(NotFound):
        t.challenges.answer(challenge, an_answer(), evidence=elsewhere, received_at=house.clock.now)


def test_challenges_asked_for_at_once_are_bounded_all_the_same(house: House) -> None:
    verification = house.ordered()
    for _ in range(MOST_A_DAY - 1):
        house.asked(verification)

    assert refusals(3, lambda: house.asked(verification)) == ["too-many-challenges"] * 2


def test_nothing_of_it_outlives_the_verification(house: House) -> None:
    verification = house.ordered()
    challenge, evidence = house.asked(verification), house.sent(verification)
    other = house.sent(verification)
    with house.acting() as t:
        t.challenges.answer(challenge, an_answer(), evidence=evidence, received_at=t.now)
        t.challenges.ask_in(other, a_challenge(t.now))
        token = t.links.make(verification).token
    assert house.store.candidate(token) == (house.tenant, verification)
    with house.acting() as t:
        t.verifications.delete(verification)
    assert house.store.candidate(token) is None
    with house.store._transaction() as session:
        for table in (GivenChallenge, Prompts, CaptureLink):
            assert session.scalars(sa.select(table)).all() == []


def test_a_link_opens_one_verification_until_it_is_replaced_or_ends(house: House) -> None:
    verification = house.ordered()
    with house.acting() as t:
        first = t.links.make(verification)
    with house.acting() as t:
        second = t.links.make(verification)
        assert t.links.good_until(verification) == second.expires_at
    assert house.store.candidate(first.token) is None
    assert house.store.candidate(second.token) == (house.tenant, verification)
    assert house.store.candidate("") is None
    house.clock.pass_by(timedelta(days=7))
    assert house.store.candidate(second.token) is None


def test_a_link_ends_with_what_it_is_for(house: House) -> None:
    work = house.concluded()
    with house.acting() as t:
        token = t.links.make(work.verification).token
    with house.acting(RECRUITER) as t:
        t.decisions.add(work.verification, Choice.ASK_CANDIDATE, "The light was poor.")
    assert house.store.candidate(token)
    with house.acting(RECRUITER) as t:
        t.decisions.add(work.verification, Choice.PROCEED, "We met.")
    assert house.store.candidate(token) is None
    with house.acting() as t, pytest.raises(Conflict) as refused:
        t.links.make(work.verification)
    assert refused.value.name == "already-decided"
    cancelled = house.ordered()
    with house.acting() as t:
        token = t.links.make(cancelled).token
        t.verifications.cancel(cancelled)
    assert house.store.candidate(token) is None


def test_a_token_is_in_no_file_of_the_database(house: House) -> None:
    verification = house.ordered()
    with house.acting() as t:
        token = t.links.make(verification).token
    with house.store._transaction() as session:
        (link,) = session.scalars(sa.select(CaptureLink)).all()
        kept = [getattr(link, column.name) for column in CaptureLink.__table__.columns]
    assert token not in str(kept)
    assert token.encode() not in link.token_hash
