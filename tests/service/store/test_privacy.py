"""Personal data: sealed wherever it lies, and seen by nobody without a row in the audit."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from models.history import Basics, Claims
from models.order import Candidate, Choice, Consent, VerificationOrder
from models.verdict import Outcome
from service.store.access import Hooks
from service.store.actor import SYSTEM, Role
from service.store.errors import StoreError
from service.store.keys import Key
from service.store.results import Work
from service.store.screening import Judgement
from service.store.store import OfTenant
from tests.service.hits import a_hit
from tests.service.store.asking import ASKED, Ask, something_of_each
from tests.service.store.building import (
    COMPLIANCE,
    RECRUITER,
    House,
    TakenBack,
    a_template,
    a_verdict,
    an_order,
)

MARK = "Xylophonist"
"""In every personal value below, and in nothing else."""


def an_order_full_of_marks() -> VerificationOrder:
    return VerificationOrder(
        candidate=Candidate(reference=f"{MARK}-1", name=f"Ada {MARK}", email=f"{MARK}@example.com"),
        claims=Claims(basics=Basics(name=f"Ada {MARK}")),
        consent=Consent(verification=True, wording=MARK),
        callback=f"https://ats.example/{MARK}",
    )


def a_case_full_of_marks(house: House) -> Work:
    """A case with all that is ever written about one."""
    with house.acting() as t:
        order = an_order_full_of_marks()
        verification = t.verifications.order(order, idempotency_key=f"{MARK}-order")[0].id
        t.access.set_hooks(Hooks((f"whsec_{MARK}",), (f"whsec_{MARK}",), f"https://{MARK}.example"))
        t.access.add_user(
            f"{MARK}@acme.example",
            house.store.email_digest(f"{MARK}@acme.example"),
            "hash",
            Role.OWNER,
        )
    house.sent(verification, f"{MARK} passport.jpg", f"{MARK} in the picture".encode())
    work = house.submitted(verification)
    said = a_verdict(Outcome.HOLD).model_copy(update={"notes": (f"{MARK} was seen.",)})
    with house.acting(SYSTEM) as t:
        t.results.begin(work, "documents")
        t.results.finish(work, "documents", f'{{"name": "{MARK}"}}'.encode())
    house.concluded(said, work)
    with house.acting(RECRUITER) as t:
        t.decisions.add(verification, Choice.DO_NOT_PROCEED, f"{MARK} is somebody else.")
    with house.acting(COMPLIANCE) as t:
        t.screening.raise_hits(verification, [a_hit(MARK, name=f"Ada {MARK}")])
        hit = t.screening.list()[0].id
        t.screening.judge(hit, Judgement.THE_SAME, f"{MARK} has the same passport.")
    with house.acting(SYSTEM) as t:
        delivery = t.deliveries.add(
            verification, "x", f"https://ats.example/{MARK}", f'{{"reference":"{MARK}"}}'.encode()
        )
        t.deliveries.record(delivery.id, status=500, problem="It answered 500.", milliseconds=1)
    return work


def everything_in_columns(house: House) -> bytes:
    """Every value of every column of every table, as the database gives it without our keys."""
    url = house.url.replace("postgresql://", "postgresql+psycopg://")
    engine = sa.create_engine(url)
    seen = []
    with engine.connect() as connection:
        for table in sa.inspect(engine).get_table_names():
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                seen += [bytes(v) if isinstance(v, memoryview) else v for v in row]
    return b"\n".join(v if isinstance(v, bytes) else str(v).encode() for v in seen)


def everything_on_disk(folder: Path) -> bytes:
    return b"\n".join(
        str(path.relative_to(folder)).encode() + path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    )


def test_nothing_personal_is_readable_in_the_database_or_on_disk(house: House) -> None:
    work = a_case_full_of_marks(house)
    assert str(work.verification).encode() in everything_in_columns(house) or (
        work.verification.hex.encode() in everything_in_columns(house)
    )
    for place in (everything_in_columns(house), everything_on_disk(house.folder)):
        for spelling in (MARK, MARK.lower(), MARK.upper()):
            assert spelling.encode() not in place
            assert spelling.encode("utf-16-le") not in place
            assert spelling.encode().hex().encode() not in place


def test_the_same_case_is_readable_through_the_store(house: House) -> None:
    """The check above would pass as well if nothing were written."""
    work = a_case_full_of_marks(house)
    with house.acting(SYSTEM) as t:
        assert t.verifications.open_order(work.verification) == an_order_full_of_marks()
        assert MARK in t.results.verified(work.verification).notes[0]
        assert MARK.encode() in t.results.found(work)["documents"]
        assert MARK in t.decisions.list(work.verification)[0].reason
        assert MARK in t.access.users()[0].email
        (hit,) = t.screening.list(judged=True)
        assert MARK in hit.hit.party.names[0]
        assert MARK in str(hit.judged)
        (file,) = t.evidence.list(work.verification)
        assert MARK in file.name
        assert MARK.encode() in b"".join(t.evidence.view(file.id)[1])


VIEWS: dict[str, Callable[[OfTenant, Work], object]] = {
    "order.viewed": lambda t, w: t.verifications.open_order(w.verification),
    "evidence.listed": lambda t, w: t.evidence.listed(w.verification),
    "evidence.viewed": lambda t, w: [
        list(t.evidence.view(file.id)[1]) for file in t.evidence.list(w.verification)
    ],
    "verdict.viewed": lambda t, w: t.results.verified(w.verification),
    "decisions.viewed": lambda t, w: t.decisions.list(w.verification),
    "links.viewed": lambda t, w: t.identifiers.note_view(w.verification),
    "screening.viewed": lambda t, _: t.screening.get(t.screening.list(judged=True)[0].id),
}
"""How somebody comes to see personal data."""


@pytest.mark.parametrize("action", VIEWS)
def test_whoever_sees_personal_data_leaves_a_row_that_says_who_and_when(
    house: House, action: str
) -> None:
    work = a_case_full_of_marks(house)
    with house.acting(RECRUITER) as t:
        VIEWS[action](t, work)
        seen_at = t.now
    with house.acting() as t:
        entry = t.audit.list(limit=1, screening=True)[0]
    assert (entry.action, entry.actor, entry.at) == (action, RECRUITER.label, seen_at)
    assert str(work.verification) in entry.about or action in (
        "evidence.viewed",
        "screening.viewed",
    )


OPENED_FOR_WORK = {
    "answers.asked",
    "deliveries.open",
    "evidence.list",
    "faces.kept",
    "results.earlier_captures",
    "results.found",
    "results.may_search",
    "verifications.order_of",
}
"""What the service opens for its own work and shows to nobody; their docstrings say so."""


SEALED = {"order", "evidence", "step", "verdict", "decision", "delivery", "face", "screening"}


def test_nothing_else_is_opened_without_a_row_in_the_audit(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every method that takes an id is asked; one that unseals and records nothing is found."""
    theirs = something_of_each(house)
    earlier = house.submitted(house.ordered(an_order(claims=True, keep_template=True)))
    house.concluded(a_verdict(templates=(a_template(),)), earlier)  # To be compared with.
    with house.acting() as t:
        row = t.verifications.get(theirs.verification)
    opened: list[str] = []
    really = Key.open

    def watched(key: Key, sealed: bytes, *, about: str) -> bytes:
        opened.append(about.partition("/")[0])
        return really(key, sealed, about=about)

    monkeypatch.setattr(Key, "open", watched)
    silent: set[str] = set()
    told: set[str] = set()
    asked: dict[str, Ask] = {
        **ASKED,
        "verifications.order_of": lambda t, _: t.verifications.order_of(row),
    }
    for name, ask in asked.items():
        opened.clear()
        with suppress(TakenBack), house.acting(RECRUITER) as t:
            before = len(t.audit.list(screening=True))
            with suppress(StoreError):
                ask(t, theirs)
            if set(opened) & SEALED:
                (told if len(t.audit.list(screening=True)) > before else silent).add(name)
            raise TakenBack
    assert silent == OPENED_FOR_WORK
    assert told >= {
        "decisions.list",
        "evidence.listed",
        "evidence.view",
        "results.verified",
        "screening.get",
        "screening.list",
        "verifications.open_order",
    }


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'nobody'",
        "DELETE FROM audit",
        "UPDATE audit SET at = at WHERE id = 1",
    ],
)
def test_the_audit_cannot_be_changed_even_by_a_statement_of_our_own(
    house: House, statement: str
) -> None:
    house.ordered()
    with pytest.raises(DBAPIError, match="append-only"), house.store._transaction() as session:
        session.execute(sa.text(statement))
    with house.acting() as t:
        assert [e.action for e in t.audit.list()] == ["verification.ordered"]


def test_the_audit_cannot_be_emptied_on_postgresql(
    new_postgresql_database: str, tmp_path: Path
) -> None:
    house = House(new_postgresql_database, tmp_path)
    house.ordered()
    with pytest.raises(DBAPIError, match="append-only"), house.store._transaction() as session:
        session.execute(sa.text("TRUNCATE audit"))
    house.store.close()


def test_what_was_not_kept_is_not_in_the_audit_either(house: House) -> None:
    with suppress(TakenBack), house.acting() as t:
        t.verifications.order(an_order_full_of_marks())
        raise TakenBack
    with house.acting() as t:
        assert t.audit.list() == []
