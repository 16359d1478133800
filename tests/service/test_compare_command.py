"""`bonafide compare` of several faces at once, and beside other people, where files are bad."""

import json
from pathlib import Path

import pytest
from PIL import Image

from samples.portraits import identity_one
from tests.service.conftest import Bonafide


@pytest.fixture
def portrait(tmp_path: Path) -> Path:
    """Somebody's face."""
    path = tmp_path / "portrait.png"
    Image.fromarray(identity_one().image).save(path)
    return path


def test_faces_of_one_person_of_which_some_are_unusable_are_answered_with_status_2(
    bonafide: Bonafide, portrait: Path, tmp_path: Path
) -> None:
    empty, text = tmp_path / "empty.jpg", tmp_path / "text.jpg"
    empty.touch()
    text.write_text("no picture")
    for faces, band in (([empty, text], "unknown"), ([portrait, empty], "strong")):
        ran = bonafide("compare", portrait, *faces, "--together", "--json")
        assert ran.status == 2, ran.err
        answer = json.loads(ran.out)
        assert answer["band"] == band
        assert f"{empty}: " in answer["problem"]
    ran = bonafide("compare", portrait, portrait, "--together", "--json")
    assert (ran.status, json.loads(ran.out)["problem"]) == (0, None)


def test_what_cannot_be_used_of_a_gallery_is_named_with_its_reason(
    bonafide: Bonafide, portrait: Path, tmp_path: Path
) -> None:
    other = tmp_path / "people" / "anna"
    other.mkdir(parents=True)
    (other / "a.jpg").touch()
    Image.fromarray(identity_one().image).save(other / "b.png")
    ran = bonafide("compare", portrait, portrait, "--gallery", tmp_path / "people", "--json")
    assert ran.status == 0, "the faces that were asked about were all answered"
    assert f"{other / 'a.jpg'}: " in ran.err
    assert "0 bytes" in ran.err
    assert "no good picture" not in ran.err
