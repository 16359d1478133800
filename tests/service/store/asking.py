"""Every public method of the repositories that takes an id, found by looking, and how to ask it."""

import inspect
import typing
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from models.link import Identifier, LinkKind
from models.order import Choice, VerificationOrder
from models.verdict import Outcome
from models.verification import EvidenceKind
from service.store.actor import Role
from service.store.results import Work
from service.store.screening import Judgement
from service.store.store import OfTenant
from service.store.verifications import Filter
from tests.service.hits import a_hit
from tests.service.store.building import (
    RECRUITER,
    House,
    a_challenge,
    a_template,
    a_verdict,
    an_answer,
    an_order,
)

REPOSITORIES = [
    name
    for name in vars(OfTenant)
    if not name.startswith("_") and hasattr(vars(OfTenant)[name], "attrname")
]


def methods_that_take_an_id() -> list[str]:
    """`repository.method` for every public one with a parameter that names something stored."""
    found = []
    for repository in REPOSITORIES:
        room = typing.get_type_hints(vars(OfTenant)[repository].func)["return"]
        for name, method in inspect.getmembers(room, inspect.isfunction):
            takes = [h for p, h in typing.get_type_hints(method).items() if p != "return"]
            if not name.startswith("_") and any(
                "UUID" in str(h) or h in (Work, VerificationOrder) for h in takes
            ):
                found.append(f"{repository}.{name}")
    return found


@dataclass(frozen=True)
class Theirs:
    """One of each thing that another tenant has."""

    work: Work
    subject: UUID
    evidence: UUID
    decision: UUID
    delivery: UUID
    user: UUID
    key: UUID
    challenge: UUID
    hit: UUID

    @property
    def verification(self) -> UUID:
        return self.work.verification


def something_of_each(house: House) -> Theirs:
    verification = house.ordered(an_order(keep_template=True))
    evidence = house.sent(verification)
    challenge = house.asked(verification)
    work = house.submitted(verification)
    with house.acting() as t:
        t.results.begin(work, "faces")
        t.results.finish(work, "faces", b"{}")
    house.concluded(a_verdict(Outcome.HOLD, (a_template(),)), work)
    with house.acting(RECRUITER) as t:
        decision = t.decisions.add(verification, Choice.PROCEED, "They sent a new passport.")
        delivery = t.deliveries.add(verification, "x", "https://ats.example", b"{}")
        user = t.access.add_user("a@acme.example", b"digest", "hash", Role.RECRUITER)
        key, _ = t.access.add_key("ats")
        subject = t.verifications.get(verification).subject_id
        t.screening.raise_hits(verification, [a_hit(), a_hit("TMR-2")])
        hit = t.screening.list()[0].id
    return Theirs(work, subject, evidence, decision.id, delivery.id, user, key, challenge, hit)


def an_identifier() -> Identifier:
    return Identifier(kind=LinkKind.PHONE, canonical="+442079460001", masked="+44…01")


Ask = Callable[[OfTenant, Theirs], object]

ASKED: dict[str, Ask] = {
    "verifications.order": lambda t, x: t.verifications.order(an_order(follows=x.verification)),
    "verifications.get": lambda t, x: t.verifications.get(x.verification),
    "verifications.open_order": lambda t, x: t.verifications.open_order(x.verification),
    "verifications.hold": lambda t, x: t.verifications.hold(x.verification),
    "verifications.amend_order": lambda t, x: t.verifications.amend_order(
        x.verification, claims=None
    ),
    "verifications.list": lambda t, x: t.verifications.list(Filter(), after=x.verification),
    "verifications.submit": lambda t, x: t.verifications.submit(x.verification),
    "verifications.submit_for_itself": lambda t, x: t.verifications.submit_for_itself(
        x.verification
    ),
    "verifications.cancel": lambda t, x: t.verifications.cancel(x.verification),
    "verifications.delete": lambda t, x: t.verifications.delete(x.verification),
    "subjects.adopt": lambda t, x: t.subjects.adopt(x.subject, "mine"),
    "subjects.was_stopped": lambda t, x: t.subjects.was_stopped(x.subject),
    "subjects.forget": lambda t, x: t.subjects.forget(x.subject),
    "evidence.announce": lambda t, x: t.evidence.announce(
        x.verification, EvidenceKind.DOCUMENT, "a.jpg", 1
    ),
    "evidence.upload": lambda t, x: t.evidence.upload(x.evidence),
    "evidence.discard": lambda t, x: t.evidence.discard(x.evidence),
    "evidence.finish": lambda t, x: t.evidence.finish(x.evidence, size_bytes=1, sha256="0" * 64),
    "evidence.list": lambda t, x: t.evidence.list(x.verification),
    "evidence.listed": lambda t, x: t.evidence.listed(x.verification),
    "evidence.view": lambda t, x: t.evidence.view(x.evidence),
    "evidence.remove": lambda t, x: t.evidence.remove(x.evidence),
    "answers.replace": lambda t, x: t.answers.replace(x.verification, ()),
    "answers.asked": lambda t, x: t.answers.asked(x.verification),
    "answers.account_proof": lambda t, x: t.answers.account_proof(x.verification),
    "results.begin": lambda t, x: t.results.begin(x.work, "verdict"),
    "results.give_back": lambda t, x: t.results.give_back(x.work, "verdict"),
    "results.finish": lambda t, x: t.results.finish(x.work, "verdict", b"{}"),
    "results.found": lambda t, x: t.results.found(x.work),
    "results.result_of": lambda t, x: t.results.result_of(x.verification, 1, "verdict"),
    "results.conclude": lambda t, x: t.results.conclude(x.work, a_verdict()),
    "results.may_search": lambda t, x: t.results.may_search(x.verification),
    "results.park": lambda t, x: t.results.park(x.work, "problem"),
    "results.verified": lambda t, x: t.results.verified(x.verification),
    "results.decided": lambda t, x: t.results.decided(x.verification),
    "results.earlier_captures": lambda t, x: t.results.earlier_captures(x.verification),
    "chips.challenge": lambda t, x: t.chips.challenge(x.verification),
    "chips.handed_out": lambda t, x: t.chips.handed_out(x.verification),
    "challenges.give": lambda t, x: t.challenges.give(x.verification, a_challenge(t.now)),
    "challenges.get": lambda t, x: t.challenges.get(x.verification, x.challenge),
    "challenges.list": lambda t, x: t.challenges.list(x.verification),
    "challenges.answer": lambda t, x: t.challenges.answer(
        x.challenge, an_answer(), evidence=x.evidence, received_at=t.now
    ),
    "challenges.ask_in": lambda t, x: t.challenges.ask_in(x.evidence, None),
    "challenges.answered": lambda t, x: t.challenges.answered(x.verification),
    "links.make": lambda t, x: t.links.make(x.verification),
    "links.good_until": lambda t, x: t.links.good_until(x.verification),
    "pictures.remember": lambda t, x: t.pictures.remember(x.verification, {"key"}),
    "pictures.of_candidate": lambda t, x: list(
        t.pictures.of_candidate(x.verification, {"key"}, "x")
    ),
    "pictures.of_others": lambda t, x: list(t.pictures.of_others(x.verification, {"key"}, "x")),
    "identifiers.remember": lambda t, x: t.identifiers.remember(x.verification, [an_identifier()]),
    "identifiers.held": lambda t, x: t.identifiers.held(x.verification, [an_identifier()]),
    "identifiers.note_view": lambda t, x: t.identifiers.note_view(x.verification),
    "faces.remember": lambda t, x: t.faces.remember(x.verification, [a_template()]),
    "faces.gallery": lambda t, x: list(t.faces.gallery("test 1", without=x.subject)),
    "faces.others": lambda t, x: t.faces.others("test 1", without=x.subject),
    "faces.kept": lambda t, x: t.faces.kept([x.verification]),
    "faces.of_subjects": lambda t, x: t.faces.of_subjects("test 1", [x.subject]),
    "templates.concluded": lambda t, x: t.templates.concluded(x.verification),
    "templates.replace": lambda t, x: t.templates.replace(x.work, [a_template()]),
    "templates.withdraw": lambda t, x: t.templates.withdraw(x.subject),
    "screening.raise_hits": lambda t, x: t.screening.raise_hits(x.verification, [a_hit()]),
    "screening.list": lambda t, x: t.screening.list(after=x.hit),
    "screening.get": lambda t, x: t.screening.get(x.hit),
    "screening.cleared": lambda t, x: t.screening.cleared(x.verification),
    "screening.judge": lambda t, x: t.screening.judge(x.hit, Judgement.THE_SAME, "reason"),
    "decisions.add": lambda t, x: t.decisions.add(x.verification, Choice.PROCEED, "reason"),
    "decisions.approve": lambda t, x: t.decisions.approve(x.decision),
    "decisions.list": lambda t, x: t.decisions.list(x.verification),
    "decisions.verification_of": lambda t, x: t.decisions.verification_of(x.decision),
    "deliveries.add": lambda t, x: t.deliveries.add(x.verification, "x", "https://a", b"{}"),
    "deliveries.get": lambda t, x: t.deliveries.get(x.delivery),
    "deliveries.open": lambda t, x: t.deliveries.open(x.delivery),
    "deliveries.record": lambda t, x: t.deliveries.record(
        x.delivery, status=200, problem=None, milliseconds=1
    ),
    "deliveries.replay": lambda t, x: t.deliveries.replay(x.delivery),
    "deliveries.list": lambda t, x: t.deliveries.list(verification=x.verification),
    "deliveries.attempts": lambda t, x: t.deliveries.attempts(x.delivery),
    "access.person": lambda t, x: t.access.person(x.user),
    "access.set_password": lambda t, x: t.access.set_password(x.user, "other"),
    "access.set_disabled": lambda t, x: t.access.set_disabled(x.user, disabled=True),
    "access.add_session": lambda t, x: t.access.add_session(x.user),
    "access.renew_hash": lambda t, x: t.access.renew_hash(x.user, "other"),
    "access.revoke_key": lambda t, x: t.access.revoke_key(x.key),
}
"""How each is asked for what is a stranger's. A new method that takes an id belongs here."""
