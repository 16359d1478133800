"""What the page was told of the camera: its name, and the size of its pictures.

A table of names to be read. Software that shows a file, a screen or a changed face as a camera is
told from software that blurs a background, a phone that serves as webcam and a card that takes in
the picture of a good camera: all are common among people who have nothing to hide, so only the
first is held against the recording, weakly, and never asks for anything.
"""

import re
from dataclasses import dataclass
from enum import Enum

from models.challenge import CameraReport
from models.finding import EvidenceClass, Finding, Seen
from verifiers.liveness.findings import FEED_SOFTWARE
from verifiers.liveness.signs import Signs, told, weak_sign
from verifiers.picture import Clip

SHAPE_DIFFERS = 0.05
"""Share by which the proportion of the sides may differ; rounding to whole blocks is 0.03."""
_USB_ID = re.compile(r"\(([0-9a-f]{4}):([0-9a-f]{4})\)", re.IGNORECASE)
"""Chromium appends vendor and product of a device on the USB bus."""


class Kind(Enum):
    """What a named piece of software does, and what is innocent about it."""

    FEED = "shows any file, screen or changed picture as a camera"
    EFFECTS = "changes a real camera's picture: background, light, framing"
    PHONE = "makes a phone's camera a webcam"
    CAPTURE = "takes in the picture of another device"


@dataclass(frozen=True)
class NamedCamera:
    """A product, and the words by which its device is named."""

    product: str
    kind: Kind
    words: str
    """A regular expression, on the name in lower case, not within longer words."""


NAMED_CAMERAS: tuple[NamedCamera, ...] = (
    NamedCamera("OBS", Kind.FEED, r"obs(?:[- ]?(?:virtual|camera|cam))?"),
    NamedCamera("ManyCam", Kind.FEED, r"manycam.*"),
    NamedCamera("SplitCam", Kind.FEED, r"splitcam.*"),
    NamedCamera("Streamlabs", Kind.FEED, r"streamlabs.*"),
    NamedCamera("vMix", Kind.FEED, r"vmix.*"),
    NamedCamera("NDI", Kind.FEED, r"(?:newtek )?ndi(?: (?:webcam|video|virtual).*)?"),
    NamedCamera("v4l2loopback", Kind.FEED, r"v4l2loopback|dummy video device.*|loopback"),
    NamedCamera("Akvcam", Kind.FEED, r"akvcam.*|akvirtualcamera|webcamoid"),
    NamedCamera("e2eSoft VCam", Kind.FEED, r"(?:e2esoft )?vcam"),
    NamedCamera("Unity Capture", Kind.FEED, r"unity (?:video|virtual).*"),
    NamedCamera("AlterCam", Kind.FEED, r"altercam.*"),
    NamedCamera("WebcamMax", Kind.FEED, r"webcammax.*"),
    NamedCamera("CamTwist", Kind.FEED, r"camtwist.*"),
    NamedCamera("Ecamm Live", Kind.FEED, r"ecamm live.*"),
    NamedCamera("Wirecast", Kind.FEED, r"wirecast.*"),
    NamedCamera("Avatarify", Kind.FEED, r"avatarify.*"),
    NamedCamera("Deep-Live-Cam", Kind.FEED, r"deep-?live-?cam.*|deepfacelive.*"),
    NamedCamera("Swapface", Kind.FEED, r"swapface.*"),
    NamedCamera("SparkoCam", Kind.FEED, r"sparkocam.*"),
    NamedCamera("Screen capturer", Kind.FEED, r"screen[- ]?capture[r]?.*|uscreencapture"),
    NamedCamera("a browser's test camera", Kind.FEED, r"fake[_ ]device[_ ]?\d*"),
    NamedCamera("Snap Camera", Kind.EFFECTS, r"snap camera"),
    NamedCamera("XSplit VCam", Kind.EFFECTS, r"xsplit ?vcam|xsplit.*"),
    NamedCamera("mmhmm", Kind.EFFECTS, r"mmhmm.*"),
    NamedCamera("ChromaCam", Kind.EFFECTS, r"chromacam.*"),
    NamedCamera("NVIDIA Broadcast", Kind.EFFECTS, r"(?:camera \()?nvidia broadcast.*"),
    NamedCamera("CyberLink YouCam", Kind.EFFECTS, r"cyberlink.*|youcam.*|perfectcam.*"),
    NamedCamera("Logi Capture", Kind.EFFECTS, r"log(?:i|itech) capture"),
    NamedCamera("Krisp", Kind.EFFECTS, r"krisp.*"),
    NamedCamera("Elgato Camera Hub", Kind.EFFECTS, r"elgato virtual camera"),
    NamedCamera("Windows camera effects", Kind.EFFECTS, r"windows virtual camera.*"),
    NamedCamera(
        "a webcam's own software",
        Kind.EFFECTS,
        r"(?:obsbot|insta360|lenovo|hp|dell|asus|acer|samsung|lg|poly|jabra).* virtual camera",
    ),
    NamedCamera("Iriun", Kind.PHONE, r"iriun.*"),
    NamedCamera("DroidCam", Kind.PHONE, r"droidcam.*"),
    NamedCamera("EpocCam", Kind.PHONE, r"epoccam.*"),
    NamedCamera("Camo", Kind.PHONE, r"(?:reincubate )?camo(?: (?:camera|studio))?"),
    NamedCamera("iVCam", Kind.PHONE, r"(?:e2esoft )?ivcam"),
    NamedCamera("Continuity Camera", Kind.PHONE, r".*(?:iphone|ipad)\W*(?:camera|desk view)?.*"),
    NamedCamera("Phone Link", Kind.PHONE, r".*\((?:windows )?phone link\).*"),
    NamedCamera("Cam Link", Kind.CAPTURE, r"(?:elgato )?cam link.*"),
    NamedCamera("a capture card", Kind.CAPTURE, r".*(?:hdmi|game|video) capture.*"),
    NamedCamera("a photographic camera", Kind.CAPTURE, r"eos webcam.*|gopro webcam|imaging edge.*"),
    NamedCamera("Blackmagic", Kind.CAPTURE, r"blackmagic.*|decklink.*|ultrastudio.*"),
    NamedCamera("Magewell", Kind.CAPTURE, r"magewell.*|usb capture (?:hdmi|sdi).*"),
    NamedCamera("a virtual camera", Kind.FEED, r".*virtual (?:camera|webcam)"),
)
"""The first that fits counts; names are those that the products' makers document or drivers
register. What no row fits is a camera, or says that it is one."""

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


def camera_named(label: str) -> NamedCamera | None:
    """The row of the table that a device's name fits; `None` for a camera, as far as is known."""
    lower = _USB_ID.sub("", label.lower()).strip()
    return next((row for row in NAMED_CAMERAS if _fits(row, lower)), None)


def _fits(row: NamedCamera, lower: str) -> bool:
    # Names go on: "OBS Virtual Camera", "Camo Camera (Built-in)", "NDI Webcam 1".
    return re.match(rf"(?:{row.words})(?:$|[\s(_:-])", lower) is not None


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
                value=_USB_ID.search(camera.label) is not None,
                file=clip.file,
            ),
        ]
    if camera.frame_rate:
        rate = round(camera.frame_rate, 2)
        seen.append(Seen(what="frames reported", value=rate, unit="per second", file=clip.file))
    return tuple(seen)
