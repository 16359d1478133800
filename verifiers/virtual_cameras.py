"""Products that give a device a camera beside its own, by the name under which it is offered."""

import re
from dataclasses import dataclass
from enum import Enum

USB_ID = re.compile(r"\(([0-9a-f]{4}):([0-9a-f]{4})\)", re.IGNORECASE)
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


def camera_named(label: str) -> NamedCamera | None:
    """The row of the table that a device's name fits; `None` for a camera, as far as is known."""
    lower = USB_ID.sub("", label.lower()).strip()
    return next((row for row in NAMED_CAMERAS if _fits(row, lower)), None)


def _fits(row: NamedCamera, lower: str) -> bool:
    # Names go on: "OBS Virtual Camera", "Camo Camera (Built-in)", "NDI Webcam 1".
    return re.match(rf"(?:{row.words})(?:$|[\s(_:-])", lower) is not None
