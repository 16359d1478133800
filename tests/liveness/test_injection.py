"""Frames that no camera gave, each beside what looks like them and is innocent."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from models.challenge import CameraReport
from models.file_traits import Program, ProgramKind
from models.finding import EvidenceClass, Finding, Status, Strength
from tests.liveness.conftest import Recording
from verifiers.liveness.injection import signs_of_injection
from verifiers.picture import Clip, Frame, Pixels

WEBCAM = CameraReport(label="HD Webcam (046d:082d)", width=640, height=480, frame_rate=30)


def in_order(recording: Recording, order: Sequence[int]) -> Clip:
    """The recording's frames in another order, at a page's uneven times."""
    random = np.random.default_rng(3)
    shown = [recording.clip.frames[i].pixels for i in order]
    times = 0.2 * np.arange(len(order)) + random.uniform(0, 0.02, len(order))
    return at_times(shown, times.tolist())


def at_times(shown: Sequence[Pixels], times: Sequence[float]) -> Clip:
    made = tuple(Frame(seconds, pixels) for pixels, seconds in zip(shown, times, strict=True))
    return Clip("page.zip", made, times[-1], None)


def every(recording: Recording, seconds: float) -> Clip:
    """All frames, exactly so far apart."""
    shown = [frame.pixels for frame in recording.clip.frames]
    return at_times(shown, [seconds * i for i in range(len(shown))])


def found(
    clip: Clip, recording: Recording, camera: CameraReport | None = WEBCAM
) -> dict[str, Finding]:
    signs = signs_of_injection(clip, recording.faces, camera)
    return {each.code.removeprefix("presence.injection."): each for each in signs.findings}


def test_a_camera_recorded_by_the_page_leaves_no_sign(genuine: Recording) -> None:
    assert found(in_order(genuine, range(24)), genuine) == {}


def test_the_same_frames_again_in_the_same_order_are_an_exact_loop(genuine: Recording) -> None:
    sign = found(in_order(genuine, [*range(12), *range(3, 9)]), genuine)["exact_loop"]
    assert (sign.status, sign.strength) == (Status.CONTRADICTS, Strength.STRONG)
    assert sign.question
    assert sign.innocent_explanation
    assert "in the same order" in sign.for_recruiter


def test_the_same_frames_again_backwards_are_an_exact_loop(genuine: Recording) -> None:
    sign = found(in_order(genuine, [*range(12), *range(8, 3, -1)]), genuine)["exact_loop"]
    assert "backwards" in sign.for_recruiter


def test_a_clock_laid_over_the_picture_hides_no_loop(genuine: Recording) -> None:
    clip = in_order(genuine, [*range(12), *range(3, 9)])
    for i, frame in enumerate(clip.frames):
        marked = frame.pixels.copy()
        marked[:20, : 8 * i + 8] = 255
        clip = replace(
            clip, frames=(*clip.frames[:i], Frame(frame.seconds, marked), *clip.frames[i + 1 :])
        )
    assert "exact_loop" in found(clip, genuine)


def test_an_old_frame_that_a_driver_hands_out_once_more_is_no_loop(genuine: Recording) -> None:
    assert found(in_order(genuine, [*range(12), 7, 8, *range(12, 20)]), genuine) == {}


def test_a_call_that_stands_still_as_its_encoder_repeats_itself_is_no_loop(
    genuine: Recording,
) -> None:
    sent = [frame.pixels for frame in genuine.clip.frames[:12]]
    # Between two keyframes an encoder of a still gives the same few nearly equal pictures.
    refined = [np.clip(sent[-1].astype(int) + step, 0, 255).astype(np.uint8) for step in range(5)]
    times = [0.2 * i for i in range(len(sent) + 6 * len(refined))]
    signs = found(at_times([*sent, *refined * 6], times), genuine)
    assert "exact_loop" not in signs


def test_a_slow_camera_whose_frames_are_taken_twice_is_no_loop(genuine: Recording) -> None:
    assert found(in_order(genuine, [i for i in range(12) for _ in range(2)]), genuine) == {}


def test_frames_that_stand_for_a_second_are_told_and_held_against_nobody(
    genuine: Recording,
) -> None:
    signs = found(in_order(genuine, [*range(8), *[8] * 7, *range(9, 20)]), genuine)
    assert set(signs) == {"same_frames"}
    assert signs["same_frames"].status is Status.UNKNOWN


def test_a_covered_lens_is_no_loop(genuine: Recording) -> None:
    black = np.zeros_like(genuine.clip.frames[0].pixels)
    clip = in_order(genuine, range(24))
    dark = tuple(Frame(frame.seconds, black) for frame in clip.frames)
    assert found(replace(clip, frames=dark), genuine) == {}


def test_times_to_the_microsecond_are_no_browsers(genuine: Recording) -> None:
    sign = found(every(genuine, 0.1874), genuine)["regular_times"]
    assert (sign.status, sign.strength) == (Status.CONTRADICTS, Strength.WEAK)
    assert sign.question is None


def test_a_browser_that_rounds_its_clock_is_told_apart(genuine: Recording) -> None:
    signs = found(every(genuine, 0.2), genuine)
    assert set(signs) == {"rounded_times"}
    assert signs["rounded_times"].status is Status.UNKNOWN


def test_footage_that_our_page_did_not_record_has_the_times_of_a_program(
    genuine: Recording,
) -> None:
    assert found(genuine.clip, genuine, camera=None) == {}


def test_more_frames_than_the_camera_gives_are_a_weak_sign(genuine: Recording) -> None:
    clip = in_order(genuine, range(24))
    assert set(found(clip, genuine, WEBCAM.model_copy(update={"frame_rate": 3.0}))) == {
        "faster_than_camera"
    }


@pytest.mark.parametrize(
    ("width", "height", "codes"),
    [
        (1280, 960, set()),
        (480, 640, set()),  # A phone held upright, of which browsers report either.
        (1280, 720, {"another_shape"}),
    ],
)
def test_another_shape_than_reported_is_a_weak_sign(
    genuine: Recording, width: int, height: int, codes: set[str]
) -> None:
    camera = WEBCAM.model_copy(update={"width": width, "height": height})
    assert set(found(in_order(genuine, range(24)), genuine, camera)) == codes


@pytest.mark.parametrize(
    ("label", "product"),
    [
        ("OBS Virtual Camera", "OBS"),
        ("OBS-Camera", "OBS"),
        ("ManyCam Virtual Webcam", "ManyCam"),
        ("SplitCam Video Driver", "SplitCam"),
        ("NewTek NDI Video", "NDI"),
        ("Dummy video device (0x0000)", "v4l2loopback"),
        ("Some New Virtual Camera", "a virtual camera"),
    ],
)
def test_software_that_shows_anything_as_a_camera_is_named_for_a_person_to_weigh(
    genuine: Recording, label: str, product: str
) -> None:
    camera = WEBCAM.model_copy(update={"label": label})
    sign = found(in_order(genuine, range(24)), genuine, camera)["virtual_camera"]
    assert (sign.status, sign.strength) == (Status.CONTRADICTS, Strength.WEAK)
    assert sign.evidence_class is EvidenceClass.DEVICE
    assert sign.question is None
    assert sign.indicators == ("DPRK-ID-09",)
    assert product in sign.for_recruiter


@pytest.mark.parametrize(
    "label",
    [
        "XSplit VCam",
        "Snap Camera",
        "Camera (NVIDIA Broadcast)",
        "OBSBOT Virtual Camera",
        "Lenovo Virtual Camera",
        "Iriun Webcam",
        "DroidCam Source 3",
        "Camo",
        "Ada's iPhone Camera",
        "Cam Link 4K (0fd9:0066)",
    ],
)
def test_a_blurred_room_a_phone_or_a_good_camera_is_held_against_nobody(
    genuine: Recording, label: str
) -> None:
    camera = WEBCAM.model_copy(update={"label": label})
    (sign,) = found(in_order(genuine, range(24)), genuine, camera).values()
    assert sign.status is Status.UNKNOWN
    assert sign.innocent_explanation


@pytest.mark.parametrize(
    "label",
    [
        "FaceTime HD Camera (Built-in)",
        "OBSBOT Tiny 2",
        "Integrated Camera (5986:2113)",
        "Vimicro USB Camera (Altair)",
        "camera2 1, facing front",
        "Camouflage Cam",
    ],
)
def test_a_camera_is_a_camera_whatever_else_its_name_begins_like(
    genuine: Recording, label: str
) -> None:
    camera = WEBCAM.model_copy(update={"label": label})
    assert found(in_order(genuine, range(24)), genuine, camera) == {}


def test_an_editors_recording_is_told_and_held_against_nobody(genuine: Recording) -> None:
    written = Program(name="Adobe Premiere", kind=ProgramKind.EDITOR, said_in="container, encoder")
    sign = found(replace(genuine.clip, programs=(written,)), genuine, None)["edited_recording"]
    assert sign.status is Status.UNKNOWN
    assert "Adobe Premiere" in sign.for_recruiter


def test_a_converters_recording_is_not_an_editors(genuine: Recording) -> None:
    written = Program(name="FFmpeg", kind=ProgramKind.LIBRARY, said_in="container, encoder")
    assert found(replace(genuine.clip, programs=(written,)), genuine, None) == {}
