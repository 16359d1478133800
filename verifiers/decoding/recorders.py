"""Programs that name themselves in a recording's container, and what each is for.

As `programs` for pictures: a table of the words that its metadata hold (lower case, as whole
words; the first row that fits counts). Only names of the table are kept, never the file's words.
"""

from collections.abc import Mapping

from verifiers.decoding.programs import holds

_RECORDERS: tuple[tuple[str, str, str], ...] = (
    # Cut and compose. Their names come before those of the encoders they use.
    ("premiere", "Adobe Premiere", "editor"),
    ("after effects", "Adobe After Effects", "editor"),
    ("mainconcept", "an editor (MainConcept)", "editor"),
    ("davinci resolve", "DaVinci Resolve", "editor"),
    ("final cut", "Final Cut Pro", "editor"),
    ("imovie", "iMovie", "editor"),
    ("capcut", "CapCut", "editor"),
    ("inshot", "InShot", "editor"),
    ("kdenlive", "Kdenlive", "editor"),
    ("openshot", "OpenShot", "editor"),
    ("shotcut", "Shotcut", "editor"),
    ("vegas", "Vegas", "editor"),
    ("camtasia", "Camtasia", "editor"),
    ("filmora", "Filmora", "editor"),
    ("clipchamp", "Clipchamp", "editor"),
    ("movavi", "Movavi", "editor"),
    ("avidemux", "Avidemux", "editor"),
    ("losslesscut", "LosslessCut", "editor"),
    # Encode anew, and nothing else is known.
    ("handbrake", "HandBrake", "library"),
    ("lavf", "FFmpeg", "library"),
    ("libavformat", "FFmpeg", "library"),
    ("mkvmerge", "MKVToolNix", "library"),
    ("gpac", "GPAC", "library"),
    # Record.
    ("zoom", "Zoom", "office"),
    ("google", "Google", "office"),
    ("chrome", "Chrome", "office"),
    ("qtmuxingapplibwebm", "Firefox", "office"),
    ("core media", "an Apple device", "phone"),
    ("iphone", "an iPhone", "phone"),
    ("android", "Android", "phone"),
    ("samsung", "a Samsung phone", "phone"),
)  # fmt: skip

_FIELDS = {
    "encoder": "encoder",
    "software": "software",
    "com.apple.quicktime.software": "software",
    "com.apple.quicktime.model": "model",
    "com.android.version": "Android version",
    "writing_application": "writing application",
    "handler_name": "handler",
}
"""Fields of the container and of its picture track that programs fill, and how they are called."""


def written_by(*metadata: Mapping[str, str]) -> list[dict[str, str]]:
    """The programs named, each once, as `models.file_traits.Program` reads them."""
    found: dict[str, dict[str, str]] = {}
    for fields in metadata:
        for key, value in fields.items():
            said_in = _FIELDS.get(key.lower())
            said = f"android {value}" if said_in == "Android version" else value
            row = next((row for row in _RECORDERS if holds(said[:200].lower(), row[0])), None)
            if said_in and row:
                found.setdefault(
                    row[1], {"name": row[1], "kind": row[2], "said_in": f"container, {said_in}"}
                )
    return list(found.values())
