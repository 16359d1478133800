"""What is deleted is gone: the key from the database's files, the bytes from the disk."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
import sqlalchemy as sa

from service.store.actor import SYSTEM
from service.store.blobs import Missing
from service.store.errors import Conflict, NotFound
from service.store.tables import DoomedBlob, Evidence, Subject, Verification
from tests.service.store.building import House, TakenBack, a_template, a_verdict, an_order


def subject_of(house: House, verification: UUID) -> UUID:
    with house.acting() as t:
        return t.verifications.get(verification).subject_id


def wrapped_key(house: House, subject: UUID) -> bytes | None:
    with sa.create_engine(_plain(house.url)).connect() as connection:
        return connection.scalar(sa.select(Subject.wrapped_key).where(Subject.id == subject))


def _plain(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://")


def bytes_of_sqlite(house: House) -> bytes:
    """All that SQLite keeps on disk: the file, its write-ahead log, its index of that."""
    files = sorted(Path(sa.engine.make_url(house.url).database or "").parent.glob("*.sqlite*"))
    return b"".join(file.read_bytes() for file in files)


def delete(house: House, verification: UUID) -> None:
    with house.acting() as t:
        t.verifications.delete(verification)


def forget(house: House, verification: UUID) -> None:
    subject = subject_of(house, verification)
    with house.acting() as t:
        t.subjects.forget(subject)


@pytest.mark.parametrize("how", [delete, forget])
def test_deleting_the_last_of_a_candidate_destroys_their_key(house: House, how: object) -> None:
    verification = house.ordered()
    subject = subject_of(house, verification)
    assert wrapped_key(house, subject)
    assert callable(how)
    how(house, verification)
    assert wrapped_key(house, subject) is None
    with house.acting() as t, pytest.raises(NotFound):
        t.verifications.get(verification)


@pytest.mark.parametrize("how", [delete, forget])
def test_a_destroyed_key_is_in_no_file_of_sqlite(
    new_sqlite_database: str, tmp_path: Path, how: object
) -> None:
    house = House(new_sqlite_database, tmp_path)
    verification = house.ordered()
    key = wrapped_key(house, subject_of(house, verification))
    with house.acting() as t:
        order = t.verifications.get(verification).sealed_order
    assert key
    assert key in bytes_of_sqlite(house)
    assert order in bytes_of_sqlite(house)
    assert callable(how)
    how(house, verification)
    assert key not in bytes_of_sqlite(house)
    assert order not in bytes_of_sqlite(house)
    house.store.close()


def test_a_key_that_was_destroyed_just_before_a_crash_is_gone_after_the_next_start(
    new_sqlite_database: str, tmp_path: Path
) -> None:
    house = House(new_sqlite_database, tmp_path)
    verification = house.ordered()
    key = wrapped_key(house, subject_of(house, verification))
    assert key
    # A reader holds the log open, as a backup does: the deletion cannot empty it.
    with sa.create_engine(house.url).connect() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM subjects").all()
        delete_without_overwriting(house, verification)
        assert key in bytes_of_sqlite(house)
    house.open().migrate()
    assert key not in bytes_of_sqlite(house)
    house.store.close()


def delete_without_overwriting(house: House, verification: UUID) -> None:
    """The deletion itself, and then the process is killed."""
    with house.store._transaction() as session:
        row = session.get_one(Verification, verification)
        session.delete(row)
        session.flush()
        session.delete(session.get_one(Subject, row.subject_id))


def test_the_key_stays_as_long_as_another_verification_of_the_candidate_does(house: House) -> None:
    first, second = house.ordered(), house.ordered()
    subject = subject_of(house, first)
    delete(house, first)
    assert wrapped_key(house, subject)
    with house.acting() as t:
        assert t.verifications.open_order(second).candidate.name == "Ada Adams"
    delete(house, second)
    assert wrapped_key(house, subject) is None


def test_the_last_two_deleted_at_the_same_moment_leave_no_key_behind(house: House) -> None:
    for _ in range(5):
        both = house.ordered(), house.ordered()
        subject = subject_of(house, both[0])
        start = Barrier(2)

        def at_once(verification: UUID, start: Barrier = start) -> None:
            start.wait()
            delete(house, verification)

        with ThreadPoolExecutor(2) as threads:
            list(threads.map(at_once, both))
        assert wrapped_key(house, subject) is None


def test_everything_of_a_deleted_verification_goes_but_the_audit(house: House) -> None:
    verification = house.ordered(an_order(keep_template=True))
    house.sent(verification)
    house.concluded(a_verdict(templates=(a_template(),)), house.submitted(verification))
    with house.acting() as t:
        assert t.faces.kept([verification])
        t.deliveries.add(verification, "x", "https://ats.example", b"{}")
    delete(house, verification)
    engine = sa.create_engine(_plain(house.url))
    kept = {"tenants", "audit", "doomed_blobs", "idempotency", "alembic_version"}
    kept.add("forgotten_faces")  # The number of what is gone, for those who have it in memory.
    with engine.connect() as connection:
        for table in sa.inspect(engine).get_table_names():
            rows = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            assert bool(rows) <= (table in kept), table
    with house.acting() as t:
        told = [e.action for e in t.audit.list(about=f"verification:{verification}")]
    assert told[0] == "verification.deleted"
    assert "verification.ordered" in told


def test_what_is_in_work_is_cancelled_before_it_is_deleted(house: House) -> None:
    work = house.submitted()
    with pytest.raises(Conflict):
        delete(house, work.verification)
    with pytest.raises(Conflict):
        forget(house, work.verification)
    with house.acting() as t:
        t.verifications.cancel(work.verification)
    forget(house, work.verification)
    with house.acting(SYSTEM) as t:
        assert t.results.begin(work, "verdict") is None
        assert not t.results.conclude(work, a_verdict())


def test_blobs_go_with_their_rows_even_after_a_crash_between(house: House) -> None:
    verification = house.ordered()
    evidence = house.sent(verification)
    with house.acting() as t:
        key = t.evidence.upload(evidence).key
    delete(house, verification)
    assert b"".join(house.store.blobs.read(evidence, key)) == b"pixels"  # Killed here.
    started_anew = house.open()
    assert started_anew.remove_doomed_blobs() == 1
    with pytest.raises(Missing):
        started_anew.blobs.read(evidence, key)
    assert started_anew.remove_doomed_blobs() == 0
    started_anew.close()


def test_a_crash_after_the_bytes_went_is_mended_as_well(house: House) -> None:
    verification = house.ordered()
    evidence = house.sent(verification)
    forget(house, verification)
    house.store.blobs.delete(evidence)
    assert house.store.remove_doomed_blobs() == 1
    assert house.store.remove_doomed_blobs() == 0


def test_a_deletion_that_is_taken_back_dooms_nothing(house: House) -> None:
    verification = house.ordered()
    house.sent(verification)
    with suppress(TakenBack), house.acting() as t:
        t.verifications.delete(verification)
        raise TakenBack
    assert house.store.remove_doomed_blobs() == 0
    with house.acting() as t:
        assert len(t.evidence.list(verification)) == 1


def test_a_file_that_was_taken_back_is_gone_from_the_disk(house: House) -> None:
    verification = house.ordered()
    evidence = house.sent(verification)
    with house.acting() as t:
        t.evidence.remove(evidence)
    assert house.store.remove_doomed_blobs() == 1
    assert not [file for file in (house.folder / "blobs").rglob("*") if file.is_file()]


def test_no_blob_survives_a_deletion_that_meets_an_upload(house: House) -> None:
    """A file announced while its candidate is forgotten is either refused or doomed with them."""
    for _ in range(5):
        verification = house.ordered(an_order(None))
        subject = subject_of(house, verification)
        start = Barrier(2)

        def announce(about: UUID = verification, start: Barrier = start) -> None:
            start.wait()
            house.sent(about)

        def forget_them(about: UUID = subject, start: Barrier = start) -> None:
            start.wait()
            with house.acting() as t:
                t.subjects.forget(about)

        with ThreadPoolExecutor(2) as threads:
            for done in [threads.submit(announce), threads.submit(forget_them)]:
                assert isinstance(done.exception(), NotFound | None)
        house.store.remove_doomed_blobs()
        house.clock.pass_by(timedelta(seconds=1))
        with sa.create_engine(_plain(house.url)).connect() as connection:
            rows = connection.scalars(sa.select(Evidence.id)).all()
            assert rows == []
            assert connection.scalars(sa.select(DoomedBlob.id)).all() == []
