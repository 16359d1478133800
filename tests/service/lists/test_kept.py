"""The lists that a running service searches follow those that are in force."""

import threading
from datetime import date
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from models.circumstances import ListedKind
from models.sanctions import Party
from service.lists.folder import ListsFolder
from service.lists.kept import KeptLists
from service.lists.updating import add_list
from tests.screening.lists.made import eu_export, un_list


@pytest.fixture
def kept(tmp_path: Path) -> KeptLists:
    """Of a folder in which nothing is yet."""
    return KeptLists(tmp_path / "lists")


def _install(tmp_path: Path, text: str) -> None:
    (tmp_path / "new.xml").write_text(text)
    add_list(tmp_path / "new.xml", ListsFolder(tmp_path / "lists"), allow_smaller=True)


def _finds(kept: KeptLists, name: str, born: date) -> bool:
    index = kept.index()
    assert index
    party = Party(kind=ListedKind.PERSON, role="candidate", names=(name,), birth_date=born)
    return bool(index.search(party))


def test_nothing_is_searched_before_a_list_is_fetched(kept: KeptLists, tmp_path: Path) -> None:
    assert kept.index() is None
    _install(tmp_path, un_list())
    assert kept.index() is not None


def test_a_new_list_is_searched_from_the_next_question_on(kept: KeptLists, tmp_path: Path) -> None:
    _install(tmp_path, un_list())
    first = kept.index()
    assert kept.index() is first
    assert not _finds(kept, "Jiho Beispiel", date(1969, 4, 28))
    _install(tmp_path, eu_export())
    assert _finds(kept, "Jiho Beispiel", date(1969, 4, 28))


def test_the_old_list_is_searched_where_the_new_one_cannot_be_read(
    kept: KeptLists, tmp_path: Path
) -> None:
    _install(tmp_path, eu_export())
    assert _finds(kept, "Jiho Beispiel", date(1969, 4, 28))
    (file,) = (tmp_path / "lists").glob("eu-*/new.xml")
    file.write_text("<export>")
    facts = tmp_path / "lists" / "eu.json"
    facts.write_text(facts.read_text() + "\n")
    with capture_logs() as logged:
        assert _finds(kept, "Jiho Beispiel", date(1969, 4, 28))
    assert [(one["list"], one["old_in_use"]) for one in logged] == [("eu", True)]
    assert str(tmp_path) not in str(logged)
    _install(tmp_path, eu_export().replace("Jiho", "Sujin"))
    assert _finds(kept, "Sujin Beispiel", date(1969, 4, 28))


def test_several_threads_read_the_lists_once(kept: KeptLists, tmp_path: Path) -> None:
    _install(tmp_path, un_list())
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(kept.index())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(map(id, found))) == 1
