"""All bad input of one unlucky candidate at once: each file is answered, none stops the rest."""

import json
from pathlib import Path

import pytest
from PIL import Image

from models.finding import Status
from models.verdict import Outcome
from models.verification import Verification
from samples.portraits import identity_one, identity_two
from tests.imaging.evidence_files import (
    a_long_video,
    a_pdf_with_a_password,
    a_zip,
    encoded,
    noise,
    png_of_64_megapixels,
)
from tests.service.conftest import Bonafide, Ran

DOCUMENTS = {
    "empty.jpg": (b"", "0 bytes"),
    "truncated.jpg": (encoded(noise(), "JPEG")[:9_000], "cut off"),
    "page.jpg": (b"<!doctype html><title>Passport</title>", "HTML"),
    "polyglot.jpg": (encoded(noise(), "JPEG") + a_zip(), "ZIP"),
    "locked.pdf": (a_pdf_with_a_password(), "password"),
    "huge.png": (png_of_64_megapixels(), "megapixels"),
}
FOOTAGE = {"empty.mp4": (b"", "0 bytes"), "words.mp4": (b"no film at all " * 99, "expected")}


@pytest.fixture(scope="module")
def ran(bonafide: Bonafide, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """All of it in one verification, with three hours of nobody and two useless pictures."""
    folder = tmp_path_factory.mktemp("bad")
    arguments: list[str | Path] = ["verify", "--json"]
    for option, files in (("--document", DOCUMENTS), ("--footage", FOOTAGE)):
        for name, (content, _) in files.items():
            (folder / name).write_bytes(content)
            arguments += [option, folder / name]
    Image.new("RGB", (800, 600), "white").save(folder / "blank.png")
    _five_faces().save(folder / "party.png")
    a_long_video(folder / "hours.mp4", hours=3, size=(320, 180))
    (folder / "claims.json").write_text("{'name': 'not JSON'}")
    arguments += ["--document", folder / "blank.png", "--document", folder / "party.png"]
    arguments += ["--footage", folder / "hours.mp4", "--claims", folder / "claims.json"]
    return bonafide(*arguments)


def _five_faces() -> Image.Image:
    row = Image.new("RGB", (5 * 256, 256))
    for place in range(5):
        face = identity_one() if place % 2 else identity_two()
        row.paste(Image.fromarray(face.image).resize((256, 256)), (place * 256, 0))
    return row


@pytest.fixture(scope="module")
def verification(ran: Ran) -> Verification:
    """What came of it."""
    return Verification.model_validate_json(ran.out)


@pytest.mark.parametrize(("name", "told"), [(n, t) for n, (_, t) in (DOCUMENTS | FOOTAGE).items()])
def test_each_unusable_file_says_what_is_wrong_with_it_and_what_to_do(
    verification: Verification, name: str, told: str
) -> None:
    (problem,) = [file.problem for file in verification.evidence if file.name == name]
    assert problem
    assert told in problem
    assert problem.count(".") >= 1
    (finding,) = [f for f in verification.findings if any(s.file == name for s in f.seen)]
    assert finding.status is Status.UNKNOWN
    assert finding.question


def test_pictures_that_show_nothing_useful_are_asked_for_again(verification: Verification) -> None:
    usable = {file.name for file in verification.evidence if not file.problem}
    assert usable == {"blank.png", "party.png", "hours.mp4"}
    told = {f.code: f.for_recruiter for f in verification.findings}
    assert "document.mrz.not_found" in told
    assert "face.portrait.not_found" in told
    assert "face.footage.no_face" in told


def test_claims_that_are_not_json_are_told_by_line(verification: Verification) -> None:
    (problem,) = [f.problem for f in verification.evidence if f.name == "claims.json"]
    assert problem
    assert "JSON" in problem
    assert "line 1" in problem


def test_bad_input_is_nobodys_guilt(verification: Verification) -> None:
    assert verification.verdict.outcome is Outcome.NEEDS_INFO
    assert not [f.code for f in verification.findings if f.status is Status.CONTRADICTS]


def test_the_work_is_done_and_the_exit_status_says_that_some_input_was_unusable(ran: Ran) -> None:
    assert ran.status == 2
    assert "Traceback" not in ran.err
    assert json.loads(ran.out)["verdict"]["outcome"] == "needs_info"


def test_neither_the_answer_nor_the_progress_tells_a_path(ran: Ran) -> None:
    assert "/tmp" not in ran.out
    assert "/tmp" not in ran.err
