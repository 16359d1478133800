"""A decoder that crashes, hangs or eats memory ends alone, and its parent's end is its own."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.imaging.evidence_files import encoded, quarters
from verifiers import child
from verifiers.child import ChildFailed, Ended, Limits

ROOT = Path(__file__).parents[2]
GENEROUS = Limits(seconds=60, memory_bytes=512 << 20, output_bytes=1 << 20)
BRIEF = Limits(seconds=1, memory_bytes=512 << 20, output_bytes=1 << 20)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(b"some bytes")
    return path


def perform(how: str, source: Path, limits: Limits = GENEROUS) -> tuple[dict[str, Any], Any]:
    with source.open("rb") as file:
        return child.run("tests.imaging.sleeping_task", {"how": how}, file, limits)


def children() -> set[str]:
    """Of this process; other test files may keep a database or a server of theirs running."""
    return set(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split())


def test_the_child_gets_the_bytes_and_answers_with_bytes(source: Path) -> None:
    before = children()
    reply, data = perform("answer", source)
    assert bytes(data) == b"some bytes"
    assert children() == before
    assert reply.keys() == {"environment", "modules"}


def test_the_child_sees_no_secret_of_its_parent_in_its_environment(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "hunter2")
    reply, _ = perform("answer", source)
    assert "DATABASE_PASSWORD" not in reply["environment"]


def test_the_child_starts_without_the_heavy_libraries(source: Path) -> None:
    reply, _ = perform("answer", source)
    heavy = {"numpy", "cv2", "dlib", "onnxruntime", "skimage", "torch", "matplotlib", "pydantic"}
    assert not heavy & set(reply["modules"])


def test_decoding_a_picture_imports_nothing_heavy_either(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(encoded(quarters(), "PNG"))
    script = (
        "import sys; from verifiers.decoding import task\n"
        "with open(sys.argv[1], 'rb') as s, open('/dev/null', 'wb') as n: task.perform({}, s, n)\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path], cwd=ROOT, check=True, capture_output=True, text=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert "PIL" in loaded
    assert not loaded & {"numpy", "cv2", "dlib", "skimage", "torch", "matplotlib", "av"}


@pytest.mark.parametrize(
    ("how", "limits", "ended", "detail"),
    [
        ("sleep", BRIEF, Ended.TIME, "time limit"),
        ("hang up", BRIEF, Ended.TIME, "time limit"),
        ("crash", GENEROUS, Ended.CRASH, "SIGSEGV"),
        ("eat", GENEROUS, Ended.MEMORY, "MemoryError"),
        ("flood", GENEROUS, Ended.CRASH, "OSError"),
        ("raise", GENEROUS, Ended.CRASH, "^LookupError$"),
    ],
)
def test_a_child_that_fails_is_gone_and_says_why(
    how: str, limits: Limits, ended: Ended, detail: str, source: Path
) -> None:
    before = children()
    with pytest.raises(ChildFailed) as failed:
        perform(how, source, limits)
    assert failed.value.ended is ended
    assert re.search(detail, failed.value.detail)
    assert children() == before


def test_what_decoders_print_does_not_reach_the_terminal(
    source: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert perform("shout", source) == ({}, b"")
    assert capfd.readouterr() == ("", "")


def test_a_child_dies_with_its_parent(source: Path) -> None:
    script = (
        "import sys; from verifiers import child\n"
        "limits = child.Limits(600, 512 << 20, 1 << 20)\n"
        "with open(sys.argv[1], 'rb') as file:\n"
        "    child.run('tests.imaging.sleeping_task', {'how': 'sleep'}, file, limits)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script, source], cwd=ROOT)
    try:
        listing = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        born = eventually(lambda: listing.read_text().split())
        orphan = Path(f"/proc/{born[0]}/stat")
        eventually(lambda: b"sleeping_task" in Path(f"/proc/{born[0]}/cmdline").read_bytes())
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    eventually(lambda: not orphan.exists() or orphan.read_text().rsplit(")")[1].split()[0] == "Z")


def eventually(condition: Any, patience_seconds: float = 60) -> Any:
    """Wait for a condition; the patience only bounds a failing test."""
    deadline = time.monotonic() + patience_seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)
    return value
