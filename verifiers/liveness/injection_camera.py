"""What the page was told of the camera: its name, and the size of its pictures.

Names are read by the table of `virtual_cameras`. Software that shows a file, a screen or a changed
face as a camera is told from software that blurs a background, a phone that serves as webcam and a
card that takes in the picture of a good camera: all are common among people who have nothing to
hide, so only the first is held against the recording, weakly, and never asks for anything.
"""

from models.challenge import CameraReport
from models.finding import EvidenceClass, Finding, Seen
from verifiers.liveness.findings import FEED_SOFTWARE
from verifiers.liveness.signs import Signs, told, weak_sign
from verifiers.picture import Clip
from verifiers.virtual_cameras import USB_ID, Kind, NamedCamera, camera_named

SHAPE_DIFFERS = 0.05
"""Share by which the proportion of the sides may differ; rounding to whole blocks is 0.03."""

_INNOCENT = {
    Kind.FEED: "People who stream or teach use such software every day, to add a title or to blur "
    "a room; some webcams come with it, and some people need it to be seen well.",
    Kind.EFFECTS: "Its use is to blur a room, to follow the face or to improve poor light.",
    Kind.PHONE: "A phone's camera is better than most webcams, or the computer has none.",
    Kind.CAPTURE: "A photographic camera is used as webcam.",
}


def look_at_camera(clip: Clip, camera: CameraReport) -> Signs:
    """What the device's name says, and whether the frames have the shape that was reported."""
    named = camera_named(camera.label) if camera.label else None
    findings = [_named(clip.file, named, camera.label or "")] if named else []
    if sizes := _another_shape(clip, camera):
        findings.append(sizes)
    return Signs(tuple(findings), _seen(clip, camera))


def _named(file: str, named: NamedCamera, label: str) -> Finding:
    seen = (
        Seen(what="camera, as the browser names it", value=label, file=file),
        Seen(what="known as", value=named.product),
    )
    said = f"The camera of {file} is called {label!r}: {named.product}, which {named.kind.value}."
    if named.kind is not Kind.FEED:
        return told(
            "presence.injection.camera_software",
            seen=seen,
            for_recruiter=said,
            for_candidate=f"Your camera is called {label!r}.",
            innocent=_INNOCENT[named.kind],
            evidence_class=EvidenceClass.DEVICE,
        )
    return weak_sign(
        "presence.injection.virtual_camera",
        seen=seen,
        for_recruiter=f"{said} Ask for the built-in camera if anything else does not fit.",
        for_candidate=f"Your camera is called {label!r}, which is software that can show anything.",
        innocent=_INNOCENT[named.kind],
        indicators=(FEED_SOFTWARE,),
        evidence_class=EvidenceClass.DEVICE,
    )


def _another_shape(clip: Clip, camera: CameraReport) -> Finding | None:
    """Pages scale, and phones turn: only proportions that neither explains are told."""
    if camera.width is None or camera.height is None:
        return None
    height, width = clip.frames[0].pixels.shape[:2]
    reported = max(camera.width, camera.height) / min(camera.width, camera.height)
    recorded = max(width, height) / min(width, height)
    if abs(recorded / reported - 1) <= SHAPE_DIFFERS:
        return None
    return weak_sign(
        "presence.injection.another_shape",
        seen=(
            Seen(what="frames recorded", value=f"{width} x {height}", file=clip.file),
            Seen(what="frames reported", value=f"{camera.width} x {camera.height}"),
        ),
        for_recruiter=f"The frames of {clip.file} are {width} x {height} pixels, of a camera that "
        f"is said to give {camera.width} x {camera.height}: another shape.",
        for_candidate="Your recording has another shape than your camera is said to give.",
        innocent="A browser or a driver that cuts the picture and reports the camera's own size.",
        indicators=(FEED_SOFTWARE,),
        evidence_class=EvidenceClass.DEVICE,
    )


def _seen(clip: Clip, camera: CameraReport) -> tuple[Seen, ...]:
    height, width = clip.frames[0].pixels.shape[:2]
    seen = [Seen(what="size of the frames", value=f"{width} x {height}", file=clip.file)]
    if camera.label:
        seen += [
            Seen(what="camera, as the browser names it", value=camera.label, file=clip.file),
            Seen(
                what="named with the number of a USB device",
                value=USB_ID.search(camera.label) is not None,
                file=clip.file,
            ),
        ]
    if camera.frame_rate:
        rate = round(camera.frame_rate, 2)
        seen.append(Seen(what="frames reported", value=rate, unit="per second", file=clip.file))
    return tuple(seen)
