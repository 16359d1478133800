"""An engine whose distances nobody measured: whatever it says, a person looks."""

from dataclasses import dataclass
from datetime import date

import pytest

from models.finding import Check, Finding, Status
from models.person import Band
from models.policy import GalleryCoverage
from tests.faces.conftest import a_capture, clip, lit, picture, room
from verifiers.face_engine import Descriptors, Face
from verifiers.face_engines.onnx_engine import OnnxEngine
from verifiers.faces import FaceResult, compare, person_template, verify_faces
from verifiers.picture import Pixels

COVERED = GalleryCoverage(recorded_by="ops", recorded_on=date(2026, 11, 1), people=30)


@dataclass(frozen=True)
class OtherWeights:
    """As the engine that serves, under the name of one with other weights: a stand-in for those."""

    engine: OnnxEngine

    @property
    def name(self) -> str:
        return f"{self.engine.name}-2359"

    def detect(self, pixels: Pixels, *, closer: bool = False) -> tuple[Face, ...]:
        return self.engine.detect(pixels, closer=closer)

    def describe(self, pixels: Pixels, faces: tuple[Face, ...]) -> Descriptors:
        return self.engine.describe(pixels, faces)


@pytest.fixture(scope="module")
def other(engine: OnnxEngine) -> OtherWeights:
    return OtherWeights(engine)


@pytest.fixture(scope="module")
def verified(other: OtherWeights, collins: Pixels) -> FaceResult:
    """The same person on a document, on its chip and in the footage."""
    portrait = picture(collins)
    return verify_faces(other, [portrait], [clip(room((collins, 170)))], chips=[portrait])


def about(result: FaceResult, check: Check) -> list[Finding]:
    return [finding for finding in result.findings if finding.check is check]


def test_no_two_photographs_are_supported_or_contradicted_not_even_beside_a_gallery(
    other: OtherWeights, collins: Pixels, hopper: Pixels
) -> None:
    stranger = person_template(other, [picture(hopper)])
    assert stranger
    beside = [stranger] * 20
    for face in (collins, lit(collins, 0.8), hopper):
        result = compare(other, picture(collins), picture(face), gallery=beside, coverage=COVERED)
        assert result.band is Band.UNKNOWN
        assert result.raised is None
        assert (
            result.problem
            == f"A person must look: no bands were measured for this engine, {other.name}."
        )


def test_no_portrait_in_print_or_on_a_chip_is_supported_and_the_finding_says_why(
    verified: FaceResult, other: OtherWeights
) -> None:
    assert verified.matches
    for match in verified.matches:
        assert match.finding.status is Status.UNKNOWN
        assert (
            f"no bands were measured for this engine, {other.name}" in match.finding.for_recruiter
        )
    (chip,) = about(verified, Check.DOCUMENT)
    assert chip.status is Status.UNKNOWN
    assert "no bands were measured for this engine" in {seen.value for seen in chip.seen}


def test_nobody_is_said_to_be_the_person_of_before_or_not(
    verified: FaceResult, other: OtherWeights, hopper: Pixels
) -> None:
    kept = [a_capture(verified.templates)]
    later = verify_faces(other, [], [clip(room((hopper, 170)))], earlier=kept)
    found = about(later, Check.CONTINUITY)
    assert found
    for finding in found:
        assert finding.status is Status.UNKNOWN
        assert "no bands were measured for this engine" in finding.for_recruiter


def test_a_change_of_person_within_one_recording_contradicts_nobody(
    other: OtherWeights, engine: OnnxEngine, collins: Pixels, hopper: Pixels
) -> None:
    swapped = clip(room((collins, 170)), room((hopper, 170)))
    assert "face.footage.person_changed" in {
        finding.code for finding in verify_faces(engine, [], [swapped]).findings
    }
    assert not [
        finding
        for finding in verify_faces(other, [], [swapped]).findings
        if finding.status is Status.CONTRADICTS
    ]
