"""A recruiter names the candidate on the page, and all of it is verified again."""

from uuid import UUID

import pytest

from models.named_face import FramePoint, NamedFace
from models.order import State
from models.verdict import Outcome
from service.store.actor import SYSTEM, Role
from tests.service.portal.conftest import Portal


@pytest.fixture
def filmed(portal: Portal) -> UUID:
    """A verification with a verdict and a recording."""
    id = portal.order()
    recording = ("recordings", ("call.mp4", b"a recording"))
    portal.signed_in(Role.OWNER).send(f"/verifications/{id}/evidence", files=[recording])
    with portal.store.tenant(portal.tenant, SYSTEM) as t:
        t.verifications.submit(id)
    portal.engine.enqueue(f"{id}/1")
    portal.engine.all_of_it()
    return id


def kept(portal: Portal, id: UUID) -> tuple[NamedFace | None, str, int]:
    with portal.store.tenant(portal.tenant, SYSTEM) as t:
        row = t.verifications.get(id)
        return t.verifications.order_of(row).candidate_at, row.state, row.generation


def test_what_the_report_writes_is_typed_in_and_it_is_verified_again(
    portal: Portal, filmed: UUID
) -> None:
    recruiter = portal.signed_in(Role.RECRUITER)
    address = f"/verifications/{filmed}/candidate-at"
    assert address in recruiter.get(f"/verifications/{filmed}").text
    answer = recruiter.post(address, candidate_at=" call.mp4@12.5:0.25,0.4 ")
    assert answer.status_code == 303
    named = NamedFace(file="call.mp4", seconds=12.5, point=FramePoint(x=0.25, y=0.4))
    assert kept(portal, filmed) == (named, State.QUEUED, 2)
    portal.engine.all_of_it()
    assert 'value="call.mp4@12.5:0.25,0.4"' in recruiter.get(f"/verifications/{filmed}").text
    recruiter.post(address, candidate_at="")
    assert kept(portal, filmed) == (None, State.QUEUED, 3)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("the left one", "it is written FILE@SECONDS"),
        ("call.mp4@3:250,100", "shares of the frame&#39;s width and height"),
        ("other.mp4@3", "No footage of this name was sent"),
    ],
)
def test_what_cannot_be_meant_is_told_beside_the_field_and_stays_in_it(
    portal: Portal, filmed: UUID, typed: str, told: str
) -> None:
    recruiter = portal.signed_in(Role.RECRUITER)
    answer = recruiter.post(f"/verifications/{filmed}/candidate-at", candidate_at=typed)
    assert answer.status_code == 422
    assert told in answer.text
    assert f'value="{typed}"' in answer.text
    assert kept(portal, filmed) == (None, State.COMPLETED, 1)


def test_only_who_may_order_can_name_and_only_where_somebody_was_filmed(
    portal: Portal, filmed: UUID
) -> None:
    reviewer = portal.signed_in(Role.REVIEWER)
    address = f"/verifications/{filmed}/candidate-at"
    assert address not in reviewer.get(f"/verifications/{filmed}").text
    assert reviewer.post(address, candidate_at="call.mp4@1").status_code == 403
    without = portal.decided(Outcome.VERIFIED)
    page = portal.signed_in(Role.RECRUITER).get(f"/verifications/{without}").text
    assert "candidate-at" not in page
