"""Did frames come from a camera, or from software in its place (an injection attack, CEN/TS 18099)?

Four looks, cheap and independent of each other: exact repetitions (`injection_frames`), the frames'
times (`injection_times`), what the page was told of the camera (`injection_camera`) and what the
file says of the programs that wrote it (`injection_file`).

None of them can exclude an injection. A browser hands on whatever the system calls a camera, names
and settings can be made up, and a program that adds noise and jitter leaves nothing to be seen. An
answered challenge says so, and what would exclude it.
"""

from collections.abc import Sequence

from models.challenge import CameraReport
from verifiers.face_engine import TrackedFace
from verifiers.liveness.injection_camera import look_at_camera
from verifiers.liveness.injection_file import look_at_file
from verifiers.liveness.injection_frames import look_for_repetitions
from verifiers.liveness.injection_times import look_at_times
from verifiers.liveness.signs import Signs
from verifiers.picture import Clip


def signs_of_injection(
    clip: Clip, faces: Sequence[TrackedFace], camera: CameraReport | None = None
) -> Signs:
    """Every sign in one clip.

    `faces` are the candidate's in it, in order of time; `camera` what the page reported that
    recorded it, empty where that told nothing. `None` is for footage that our page did not record:
    its times are a program's, and no camera is known.
    """
    signs = look_for_repetitions(clip, faces) + look_at_file(clip)
    if camera is not None:
        signs += look_at_times(clip, camera) + look_at_camera(clip, camera)
    return signs
