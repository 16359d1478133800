"""What the sections on faces and presence show, made while what the verifiers saw is at hand."""

from service.report.figures import band_scale, small_picture
from service.report.shown import FacesShown, PictureShown
from verifiers.faces import FaceResult
from verifiers.liveness import LivenessResult


def faces_shown(result: FaceResult) -> FacesShown | None:
    """The pairs that were compared, and the distance of the templates above each pair's own."""
    if not result.pairs or not result.match:
        return None
    portrait = result.pairs[0].portrait
    return FacesShown(
        portrait=small_picture(portrait.chip, f"Portrait in {portrait.file}"),
        faces=tuple(
            small_picture(
                pair.frame.chip,
                f"{pair.frame.frame_seconds or 0:.1f} s · {pair.distance:.2f} alone",
            )
            for pair in result.pairs
        ),
        scale=band_scale(
            result.match.bands,
            [("All frames together", result.match.distance)]
            + [(f"{p.frame.frame_seconds or 0:.1f} s", p.distance) for p in result.pairs],
        ),
    )


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
