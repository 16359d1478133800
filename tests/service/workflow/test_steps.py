"""A verification in steps: the results are all that later steps, the verdict and a report need."""

import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image

from models.verdict import Outcome
from models.verification import Verification
from service.report.named import pictures
from service.report.page import render
from service.report.shown import together
from service.workflow.conclusion import conclude
from service.workflow.job import Job
from service.workflow.pipeline import Order, Step, StepResult, result_of
from service.workflow.verifying import Engines, Verifying
from tests.service.workflow.orders import NOW, an_order, genuine

ID = UUID(int=7)


@pytest.fixture(scope="module")
def engines() -> Engines:
    """The models, made once."""
    return Engines.default(None)


@pytest.fixture(scope="module")
def found(engines: Engines) -> list[StepResult]:
    """All steps of the genuine candidate, in one go."""
    verifying = Verifying(an_order(keep_template=True), engines)
    results: list[StepResult] = []
    for step in Step:
        results.append(verifying.step(step, results))
    return results


def apart(order: Order, engines: Engines) -> list[StepResult]:
    """All steps, each by someone who knows of the others only what was stored."""
    stored: list[str] = []
    for step in Step:
        before = [StepResult.model_validate_json(text) for text in stored]
        stored.append(Verifying(order, engines).step(step, before).model_dump_json())
    return [StepResult.model_validate_json(text) for text in stored]


def verified(results: Sequence[StepResult]) -> Verification:
    order = an_order()
    return conclude(results, id=ID, now=NOW, stage=order.stage, policy=order.policy)


def test_a_result_is_read_back_from_its_json_word_for_word(found: list[StepResult]) -> None:
    for result in found:
        assert StepResult.model_validate_json(result.model_dump_json()) == result


def test_every_step_in_a_new_process_finds_what_one_process_finds(
    found: list[StepResult], tmp_path: Path
) -> None:
    results: list[StepResult] = []
    for step in Step:
        with Job(an_order(keep_template=True), tmp_path) as job:
            results.append(job.step(step, results, seconds=300))
    assert results == found
    assert verified(results) == verified(found)
    assert verified(found).verdict.outcome is Outcome.VERIFIED


def test_the_same_results_give_the_same_verification_in_any_order(found: list[StepResult]) -> None:
    assert verified(found[::-1]) == verified(found)


def test_nothing_is_concluded_and_no_step_taken_without_what_it_needs(
    engines: Engines, found: list[StepResult]
) -> None:
    with pytest.raises(ValueError, match="presence has not been taken"):
        verified([result for result in found if result.step is not Step.PRESENCE])
    with pytest.raises(ValueError, match="documents has not been taken"):
        Verifying(an_order(), engines).step(Step.HISTORY, [])


def test_a_file_that_cannot_be_used_is_told_once_by_the_step_that_reads_it(
    engines: Engines, tmp_path: Path
) -> None:
    document, footage, claims = (tmp_path / name for name in ("cut.jpg", "no.mp4", "claims.json"))
    document.write_bytes(genuine().documents[0].read_bytes()[:20_000])
    footage.write_bytes(b"no film at all " * 99)
    claims.write_text("not JSON", encoding="utf-8")
    order = an_order(
        documents=(document, *genuine().documents),
        footage=(footage, *genuine().footage),
        claims=claims,
    )
    results = apart(order, engines)
    told = {
        result.step: [f.code for f in result.findings if f.code.endswith("file.unusable")]
        for result in results
    }
    assert told == {
        Step.DOCUMENTS: ["document.file.unusable", "history.file.unusable"],
        Step.CHIP: [],
        Step.FACES: ["presence.file.unusable"],
        Step.FORENSICS: [],
        Step.PRESENCE: [],
        Step.SOURCES: [],
        Step.SCREENING: [],
        Step.SURROUNDINGS: [],
        Step.LINKAGE: [],
        Step.HISTORY: [],
    }
    problems = [(file.name, file.problem is not None) for file in verified(results).evidence]
    assert problems == [
        ("cut.jpg", True),
        ("document.jpg", False),
        ("no.mp4", True),
        ("footage.mp4", False),
        ("claims.json", True),
    ]
    assert result_of(Step.FACES, results).candidate
    presence = result_of(Step.PRESENCE, results).findings
    assert "presence.geometry.depth_seen" in {finding.code for finding in presence}


def test_two_recordings_of_one_name_stay_two_in_another_process(
    engines: Engines, tmp_path: Path
) -> None:
    (footage,) = genuine().footage
    again = tmp_path / footage.name
    again.symlink_to(footage)
    results = apart(an_order(footage=(footage, again)), engines)
    faces = result_of(Step.FACES, results)
    assert [clip.file for clip in faces.footage] == ["footage.mp4", "footage.mp4 (2)"]
    assert {face.file for face in faces.candidate} == {"footage.mp4", "footage.mp4 (2)"}


def test_no_result_holds_a_template_that_nobody_asked_to_keep(
    engines: Engines, found: list[StepResult]
) -> None:
    assert result_of(Step.FACES, found).templates
    order = an_order(keep_template=False)
    assert Verifying(order, engines).step(Step.FACES, found[:2]).templates == ()


def test_a_report_is_rendered_from_stored_results_alone(found: list[StepResult]) -> None:
    stored = [StepResult.model_validate_json(result.model_dump_json()) for result in found]
    page = render(verified(stored), together(result.shown for result in stored))
    for heading in ("Document", "Face", "Presence", "Claimed history"):
        assert f">{heading}</h2>" in page
    assert page.count("data:image/jpeg;base64,") >= 8


def test_every_picture_has_a_name_a_caption_and_a_bound(found: list[StepResult]) -> None:
    shown = pictures(together(result.shown for result in found))
    assert {"document-1", "portrait", "face-1", "face-2", "presence-1", "presence-3"} <= set(shown)
    for caption, jpeg in shown.values():
        assert caption
        assert max(Image.open(BytesIO(jpeg), formats=["JPEG"]).size) <= 1000


def test_ordering_concluding_and_rendering_load_no_pixels_and_no_models() -> None:
    script = (
        "import sys, service.report.write, service.workflow.conclusion, service.workflow.job\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert "jinja2" in loaded
    assert not loaded & {"numpy", "cv2", "dlib", "onnxruntime", "PIL", "face_recognition"}
