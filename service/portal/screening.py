"""The queue of compliance: what sanctions lists say, beside whom it may be about."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from models.sanctions import Hit, ListEntry, Party
from service.api.screening import LONGEST_REASON
from service.portal import words
from service.portal.people import names_of_users
from service.portal.rendering import page, see_other
from service.portal.visitors import OwnForm, Screener, Visitor
from service.store.screening import Judgement
from service.workflow.screening import judge

router = APIRouter()

ROWS = 25


@dataclass(frozen=True)
class Beside:
    """One thing of the party beside the same of the entry; empty where one does not have it."""

    name: str
    of_party: tuple[str, ...]
    of_entry: tuple[str, ...]
    agrees: bool = False


@router.get("/screening")
def list_hits(
    request: Request,
    visitor: Screener,
    after: Annotated[UUID | None, Query()] = None,
    judged: Annotated[bool, Query()] = False,
) -> Response:
    with visitor.transaction() as t:
        found = t.screening.list(judged=judged, after=after, limit=ROWS + 1)
    shown, more = found[:ROWS], len(found) > ROWS
    base = "/screening?judged=true" if judged else "/screening"
    return page(
        request,
        "screening.html",
        hits=shown,
        judged=judged,
        first=after is None,
        base=base,
        later=f"{base}{'&' if judged else '?'}after={shown[-1].id}" if more else None,
    )


@router.get("/screening/{id}")
def show_hit(request: Request, visitor: Screener, id: UUID) -> Response:
    return _hit_page(request, visitor, id)


@router.post("/screening/{id}/judgement")
def judge_hit(request: Request, visitor: Screener, id: UUID, form: OwnForm) -> Response:
    problems = _wrong_in(form)
    if problems:
        return _hit_page(request, visitor, id, form, problems)
    with visitor.transaction() as t:
        anew = judge(t, id, Judgement(form["judgement"]), _reason(form))
    for case in anew:  # After the commit: a worker must find it queued.
        visitor.parts.engine.enqueue(case)
    return see_other(request, f"/screening/{id}")


def beside(hit: Hit) -> tuple[Beside, ...]:
    """Party and entry, row by row; what neither of them has is left out."""
    return tuple(row for row in _rows(hit.party, hit.entry, hit.agrees_in) if _says(row))


def _hit_page(
    request: Request,
    visitor: Visitor,
    id: UUID,
    form: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> Response:
    with visitor.transaction() as t:
        raised = t.screening.get(id)
        state = t.verifications.get(raised.verification).state
        people = names_of_users(t)
    typed = {name: (form or {}).get(name, "").strip() for name in ("judgement", "reason")}
    return page(
        request,
        "hit.html",
        422 if problems else 200,
        raised=raised,
        hit=raised.hit,
        rows=beside(raised.hit),
        more=more_of(raised.hit.entry),
        state=state,
        people=people,
        typed=typed,
        problems=problems or {},
        longest=LONGEST_REASON,
    )


def _rows(party: Party, entry: ListEntry, agrees_in: tuple[str, ...]) -> Iterator[Beside]:
    names = tuple(f"{name.text} ({words.NAME_QUALITY[name.quality]})" for name in entry.names)
    yield Beside("Names", party.names, names, agrees=True)
    born = (words.day(party.birth_date),) if party.birth_date else ()
    births = tuple(words.days(span.earliest, span.latest) for span in entry.births)
    yield Beside("Born", born, births, "birth date" in agrees_in)
    documents = tuple(
        " ".join(filter(None, (d.number, d.kind and f"({d.kind})", d.country_code)))
        for d in entry.documents
    )
    numbers = (*party.document_numbers, *party.registration_numbers)
    yield Beside("Documents", numbers, documents, _any_in("number", agrees_in))
    yield Beside("E-mail", party.emails, entry.emails, "e-mail address" in agrees_in)
    yield Beside("Telephone", party.phones, entry.phones, _any_in("phone", agrees_in))
    yield Beside("Crypto addresses", party.wallets, entry.wallets, "crypto address" in agrees_in)
    yield Beside("Web sites", party.domains, entry.domains, _any_in("domain", agrees_in))


def more_of(entry: ListEntry) -> tuple[tuple[str, str], ...]:
    """What the list tells beyond what is compared."""
    told = (
        ("Addresses", "; ".join(entry.addresses)),
        ("Programmes", ", ".join(entry.programmes)),
        ("Listed on", words.day(entry.listed_on) if entry.listed_on else ""),
        ("Remarks", entry.remarks or ""),
    )
    return tuple((name, text) for name, text in told if text)


def _says(row: Beside) -> bool:
    return bool(row.of_party or row.of_entry)


def _any_in(part: str, agrees_in: Iterable[str]) -> bool:
    return any(part in one for one in agrees_in)


def _wrong_in(form: Mapping[str, str]) -> dict[str, str]:
    problems = {}
    if form.get("judgement") not in list(Judgement):
        problems["judgement"] = "Choose whether it is the same."
    if not _reason(form):
        problems["reason"] = "Write why, in a sentence that others understand later."
    elif len(_reason(form)) > LONGEST_REASON:
        problems["reason"] = f"Write at most {LONGEST_REASON} characters."
    return problems


def _reason(form: Mapping[str, str]) -> str:
    return form.get("reason", "").strip()
