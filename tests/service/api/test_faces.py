"""Faces through the API: compared, told as data and in the report, weighed by the default policy.

Where nothing but the comparison matters, photographs are sent: of a person for the document, and of
the same person or another for the footage. That needs no document that can be read.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from models.policy import DEMO_POLICY
from samples import footage
from samples.holder import ANNA
from samples.portraits import RgbImage, document_photo, identity_one, identity_two
from samples.specimen import render
from tests.service.api.conftest import Service, a_service
from tests.service.api.face_check import (
    SUPPORTED,
    UNDECIDED,
    File,
    Told,
    jpeg,
    photographed,
    portrait,
    told,
)
from verifiers.face_engines.dlib_weights import ENGINE


def filmed(folder: Path, name: str, *clips: footage.Clip) -> File:
    """The clips one after the other, as one recording."""
    path = folder / name
    frames = tuple(frame for clip in clips for frame in clip.frames)
    footage.write(replace(clips[0], frames=frames), path)
    return name, path.read_bytes()


def taken_too_near(photo: RgbImage) -> RgbImage:
    """As from a hand's breadth away: what is in the middle looks large, ears and chin small."""
    height, width = photo.shape[:2]
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = (across - width / 2) / (width / 2), (down - height / 2) / (height / 2)
    from_middle = np.hypot(x, y)
    bent = np.where(from_middle < 1, from_middle**0.85 / np.maximum(from_middle, 1e-6), 1)
    return np.asarray(
        cv2.remap(
            photo,
            (width / 2 * (1 + x * bent)).astype(np.float32),
            (height / 2 * (1 + y * bent)).astype(np.float32),
            cv2.INTER_LINEAR,
        ),
        np.uint8,
    )


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that keeps no faces: nobody agrees to it here."""
    with a_service(tmp_path_factory.mktemp("anew")) as made:
        yield made


# The person on the document, and others


@pytest.fixture(scope="module")
def genuine(anew: Service, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A passport, and a recording of its holder who turns their head."""
    page = render(ANNA, "TD3", identity_one(), dpi=200).face_side.image
    recording = filmed(
        tmp_path_factory.mktemp("genuine"), "interview.mp4", footage.genuine(identity_one())
    )
    return told(anew, [("passport.jpg", jpeg(page))], [recording], DEMO_POLICY)


def test_the_holder_is_supported_by_a_template_of_several_frames_that_differ(genuine: Told) -> None:
    assert genuine.status["outcome"] == "verified"
    assert (genuine.found(SUPPORTED)["status"], genuine.compared["band"]) == ("supports", "strong")
    compared = genuine.compared
    assert compared["frames"] >= compared["differing"] >= 4
    assert compared["distance"] <= compared["bands"]["strong"] == 0.26
    assert compared["engine"] == ENGINE
    assert compared["cohort"] == {"answer": "too_few", "people": 0, "relative": None}
    assert (compared["other_engines"], compared["raised"]) == ([], None)


def test_no_template_leaves_the_service_with_what_is_told_of_faces(genuine: Told) -> None:
    assert genuine.verdict["templates"] == []
    assert "vector" not in str(genuine.faces)


def test_the_report_shows_the_faces_side_by_side_and_the_scale_in_words(genuine: Told) -> None:
    section = genuine.face_section
    assert section.count("<img") == 1 + genuine.compared["frames"]
    assert 'alt="Portrait in passport.jpg"' in section
    for level in ("strong", "moderate", "a person looks", "contradicts"):
        assert f">{level}</text>" in section
    assert f"All frames together: {genuine.compared['distance']:.2f}" in section
    assert "differ: enough for the bands of a full template." in section
    assert "Compare for yourself" not in section


def test_every_picture_that_is_named_can_be_fetched_the_faces_equally_large(
    anew: Service, genuine: Told
) -> None:
    address = f"{genuine.status['links']['self']}/pictures".removeprefix("https://bonafide.example")
    (item,) = genuine.faces["items"]
    sizes = set()
    for name in item["pictures"]:
        with Image.open(BytesIO(anew.client.get(f"{address}/{name}").content)) as picture:
            sizes.add(picture.size)
    assert sizes == {(320, 320)}
    (person,) = genuine.faces["people"]
    listed = [one["name"] for one in anew.client.get(address).json()["items"]]
    assert {*person["pictures"], *item["pictures"]} <= set(listed)


def test_without_faces_nothing_is_told_and_the_view_is_on_record_all_the_same(
    service: Service,
) -> None:
    verification = service.completed()
    before = service.actions().count("verdict.viewed")
    faces = service.client.get(f"/v1/verifications/{verification}/faces").json()
    assert (faces["items"], faces["people"]) == ([], [])
    assert service.actions().count("verdict.viewed") == before + 1
    address = f"/v1/verifications/{service.order()}/faces"
    assert service.client.get(address).status_code == 404


def test_another_persons_document_contradicts_and_a_person_looks_at_both_enlarged(
    anew: Service,
) -> None:
    other = told(anew, [portrait(identity_two())], [photographed()])
    assert other.status["outcome"] == "review"
    assert other.codes == {"face.match.other_person"}
    finding = other.found("face.match.other_person")
    assert (finding["status"], finding["strength"]) == ("contradicts", "strong")
    assert finding["innocent_explanation"]
    assert other.compared["band"] == "contradicts"
    assert "Compare for yourself" in other.face_section


# Left to a person


def test_the_same_person_photographed_too_near_is_left_to_a_person_at_good_quality(
    anew: Service,
) -> None:
    near = jpeg(taken_too_near(document_photo(identity_one(), 420, 540)))
    left = told(anew, [("near.jpg", near)], [photographed()])
    assert left.codes == {UNDECIDED}
    assert (left.compared["band"], left.compared["quality"]) == ("unknown", "usable")
    assert left.status["outcome"] == "review"
    (reason,) = (r for r in left.verdict["verdict"]["reasons"] if UNDECIDED in r["findings"])
    assert "person" in reason["text"]
    assert '<div class="beside large">' in left.face_section
    assert "Compare for yourself" in left.face_section


def test_a_picture_too_poor_to_compare_is_asked_for_again_and_is_nothing_for_a_person(
    anew: Service,
) -> None:
    small = cv2.resize(document_photo(identity_one(), 420, 540), (60, 77))
    poor = told(anew, [("tiny.jpg", jpeg(np.asarray(small, np.uint8)))], [photographed()])
    assert poor.codes <= {"face.match.poor_quality", "face.portrait.not_found"}
    assert poor.status["outcome"] == "needs_info"
    assert any(request["code"] in poor.codes for request in poor.status["requests"])


@pytest.mark.skipif("BONAFIDE_DATA" not in os.environ, reason="BONAFIDE_DATA is not set")
def test_a_real_persons_pictures_of_different_days_may_be_left_to_a_person(anew: Service) -> None:
    folder = Path(os.environ["BONAFIDE_DATA"]) / "faces/krasserm+face-recognition/images"
    one, other = (folder / f"Ariel_Sharon/Ariel_Sharon_000{number}.jpg" for number in (1, 4))
    if not one.is_file():
        pytest.skip("BONAFIDE_DATA has not these pictures")
    left = told(anew, [(one.name, one.read_bytes())], [(other.name, other.read_bytes())])
    # Press photographs show others behind.
    assert left.codes - {"face.footage.second_person"} == {UNDECIDED}
    assert left.status["outcome"] == "review"


# Several people in the footage


@pytest.fixture(scope="module")
def company(anew: Service, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Someone looks over the candidate's shoulder; in another recording someone takes over."""
    folder = tmp_path_factory.mktemp("company")
    one, two = identity_one(), identity_two()
    beside = filmed(folder, "beside.mp4", footage.two_people(one, two, seconds=3))
    takes_over = filmed(
        folder,
        "handed-over.mp4",
        footage.genuine(one, seconds=3),
        footage.genuine(two, seconds=3),
    )
    return told(anew, [portrait(one)], [beside, takes_over])


def test_who_is_beside_the_candidate_is_told_and_held_against_nobody(company: Told) -> None:
    beside = company.found("face.footage.second_person")
    assert beside["status"] == "unknown"
    assert {seen["file"] for seen in beside["seen"]} == {"beside.mp4"}
    assert company.found(SUPPORTED)["strength"] == "strong"


def test_a_change_of_person_before_the_same_wall_is_found_where_it_happens(company: Told) -> None:
    changed = company.found("face.footage.person_changed")
    assert (changed["status"], changed["strength"]) == ("contradicts", "strong")
    times = [seen["frame_seconds"] for seen in changed["seen"] if seen["frame_seconds"] is not None]
    assert {seen["file"] for seen in changed["seen"] if seen["file"]} == {"handed-over.mp4"}
    # Every so often a frame is looked at: the change lies between two of them.
    assert times[0] <= 3 <= times[1]
    assert times[1] - times[0] < 1.5
    assert company.status["outcome"] == "review"


def test_everyone_in_the_footage_has_a_film_strip(company: Told) -> None:
    seen = [(person["who"], person["file"]) for person in company.faces["people"]]
    assert sorted(seen) == [
        ("Someone else (1)", "beside.mp4"),
        ("Someone else (2)", "handed-over.mp4"),
        ("The candidate", "beside.mp4"),
        ("The candidate", "handed-over.mp4"),
    ]
    strips = unescape(company.report).partition('id="people"')[2].partition("</section>")[0]
    assert strips.count("<img") == sum(len(p["pictures"]) for p in company.faces["people"])
    assert company.faces["how_chosen"] in strips
