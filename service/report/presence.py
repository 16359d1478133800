"""What the section on presence shows, made while what the verifier saw is at hand."""

from service.report.figures import small_picture
from service.report.shown import PictureShown
from verifiers.liveness import LivenessResult


def frames_shown(result: LivenessResult) -> tuple[PictureShown, ...]:
    """The frames that presence was judged by."""
    return tuple(
        small_picture(
            shown.tracked.frame.pixels,
            f"{shown.role.value} · {shown.tracked.frame.seconds:.1f} s · "
            f"turned {shown.yaw:+.0f}°, raised {shown.pitch:+.0f}°",
        )
        for shown in result.frames
    )
