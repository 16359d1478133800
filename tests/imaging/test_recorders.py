"""Programs that name themselves in a recording: known ones only, never the file's own words."""

from pathlib import Path

import av
import numpy as np
import pytest

from models.file_traits import ProgramKind
from verifiers.decoding.recorders import written_by
from verifiers.imaging import load_clip


@pytest.mark.parametrize(
    ("field", "value", "name", "kind"),
    [
        ("encoder", "Lavf60.16.100", "FFmpeg", "library"),
        (
            "handler_name",
            "\x1fMainconcept Video Handler",
            "an editor (MainConcept)",
            "editor",
        ),
        ("com.apple.quicktime.model", "iPhone 13", "an iPhone", "phone"),
        ("com.android.version", "14", "Android", "phone"),
        ("ENCODER", "Chrome", "Chrome", "office"),
    ],
)
def test_a_program_is_called_as_the_table_calls_it(
    field: str, value: str, name: str, kind: str
) -> None:
    (found,) = written_by({field: value})
    assert (found["name"], found["kind"]) == (name, kind)


@pytest.mark.parametrize(
    ("field", "value"),
    [("encoder", "My own words"), ("title", "Premiere of our film"), ("encoder", "lavfish")],
)
def test_other_words_and_other_fields_are_not_kept(field: str, value: str) -> None:
    assert written_by({field: value}) == []


def test_a_clip_carries_what_its_container_names(tmp_path: Path) -> None:
    file = tmp_path / "clip.mp4"
    with av.open(str(file), "w") as container:
        stream = container.add_stream("libx264", rate=4)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for level in (40, 90, 140):
            picture = np.full((48, 64, 3), level, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    (program,) = load_clip(file).programs
    assert (program.name, program.kind) == ("FFmpeg", ProgramKind.LIBRARY)
