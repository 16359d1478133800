"""The page of links: a picture, and the same as tables, of what is masked."""

import re
from uuid import UUID, uuid4

import pytest

from models.link import Identifier, LinkKind
from models.order import Candidate, Consent, VerificationOrder
from models.verdict import Outcome
from service.store.actor import SYSTEM, Role
from service.store.results import Work
from service.workflow.pipeline import Step, StepResult
from tests.service.portal.conftest import Portal, a_verdict

BANK = Identifier(kind=LinkKind.BANK_ACCOUNT, canonical="GB33BUKB20201555555555", masked="GB…55")
DEVICE = Identifier(kind=LinkKind.DEVICE, canonical="serial PF2X9Q1", masked="serial …Q1")
PHONE = Identifier(kind=LinkKind.PHONE, canonical="+442079460001", masked="+44…01")
PORTFOLIO = Identifier(kind=LinkKind.PORTFOLIO, canonical="ada.example/work", masked="ada…")


def linked(portal: Portal, name: str, *has: Identifier, looked: bool = True) -> UUID:
    """A verification with a verdict, whose candidate has these."""
    order = VerificationOrder(candidate=Candidate(name=name), consent=Consent(verification=True))
    with portal.store.tenant(portal.tenant, SYSTEM) as t:
        id = t.verifications.order(order)[0].id
    portal.add_file(id, b"a picture")
    with portal.store.tenant(portal.tenant, SYSTEM) as t:
        work = Work(id, t.verifications.submit(id).generation)
        t.identifiers.remember(id, has)
        for step in (Step.LINKAGE,) if looked else ():
            result = StepResult(step=step, findings=(), identifiers=has, shared=())
            assert t.results.begin(work, step.value)
            t.results.finish(work, step.value, result.model_dump_json().encode())
        assert t.results.begin(work, "verdict")
        assert t.results.conclude(work, a_verdict(id, Outcome.VERIFIED))
    return id


def test_the_page_shows_who_is_tied_by_what_and_never_a_name(portal: Portal) -> None:
    first = linked(portal, "Ada Example", BANK, DEVICE)
    second = linked(portal, "Bob Xylophone", BANK, DEVICE, PHONE, PORTFOLIO)
    third = linked(portal, "Eve Xylophone", PHONE, PORTFOLIO)
    reader = portal.signed_in(Role.REVIEWER)
    assert f"/verifications/{first}/links" in reader.get(f"/verifications/{first}").text
    answer = reader.get(f"/verifications/{first}/links")
    assert answer.status_code == 200
    html = answer.text
    assert (html.count("<circle"), html.count("<rect")) == (3, 4)
    assert html.count("<path") == 8  # Each of the four things with the two who share it.
    for other in (second, third):
        assert f'href="/verifications/{other}"' in html
    for said in (BANK.masked, DEVICE.masked, "bank account", "What would explain it innocently"):
        assert said in html
    for secret in ("Xylophone", BANK.canonical, DEVICE.canonical, PHONE.canonical):
        assert secret not in html
    described = re.search(r"<desc[^>]*>(.*?)</desc>", html, re.S)
    assert described
    assert f"Bank account {BANK.masked}: this case, 1." in described[1]
    assert f"Telephone number {PHONE.masked}: 1, 2." in described[1]


def test_what_is_masked_alike_is_one_thing_only_among_those_whom_it_ties(portal: Portal) -> None:
    other = PHONE.model_copy(update={"canonical": "+442079460101"})
    linked(portal, "Ada Example", BANK, PHONE)
    middle = linked(portal, "Bob Example", BANK, PHONE, DEVICE, PORTFOLIO)
    linked(portal, "Cid Example", DEVICE, PORTFOLIO, other)
    linked(portal, "Dora Example", DEVICE, other)
    html = portal.signed_in(Role.REVIEWER).get(f"/verifications/{middle}/links").text
    assert html.count(f">{PHONE.masked}</text>") == 2


def test_where_nothing_ties_or_nobody_looked_the_page_says_so(portal: Portal) -> None:
    reader = portal.signed_in(Role.RECRUITER)
    alone = linked(portal, "Ada Example", BANK, DEVICE)
    linked(portal, "Bob Example", BANK)
    assert "Nothing that ties" in reader.get(f"/verifications/{alone}/links").text
    old = linked(portal, "Eve Example", looked=False)
    assert "Nobody has looked yet" in reader.get(f"/verifications/{old}/links").text


def test_many_others_stand_apart_from_each_other(portal: Portal) -> None:
    first = linked(portal, "Ada Example", BANK, DEVICE)
    for number in range(14):
        linked(portal, f"Candidate {number}", BANK, DEVICE)
    html = portal.signed_in(Role.REVIEWER).get(f"/verifications/{first}/links").text
    places = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', html)
    assert len(places) == len(set(places)) == 15
    assert html.count("<rect") == 2


@pytest.mark.parametrize("role", list(Role))
def test_whoever_may_read_sees_it_and_the_view_is_recorded(portal: Portal, role: Role) -> None:
    first = linked(portal, "Ada Example", BANK)
    answer = portal.signed_in(role).get(f"/verifications/{first}/links")
    seen = "links.viewed" in portal.audited(f"verification:{first}")
    assert (answer.status_code, seen) in ((200, True), (403, False))
    assert (answer.status_code == 200) == (role is not Role.AUDITOR)


def test_a_stranger_or_a_case_without_a_verdict_has_no_such_page(portal: Portal) -> None:
    reader = portal.signed_in(Role.REVIEWER)
    waiting = portal.order()
    for id in (waiting, uuid4()):
        assert reader.get(f"/verifications/{id}/links").status_code == 404
    assert portal.browser().get(f"/verifications/{waiting}/links").status_code == 303
