"""What no input may do: crash or hang the decoder of recordings, or be read surely and wrongly."""

import contextlib
import random
from pathlib import Path

import numpy as np
import pytest

from models.document import MrzFormat
from samples.footage import KINDS, write
from samples.holder import ANNA, MARTHA, Holder
from samples.mrz_lines import FORMATS, Format, lines
from samples.photograph import photograph
from samples.portraits import identity_one
from samples.specimen import render
from verifiers.documents.reading import MrzReader
from verifiers.imaging import UnusableInput, load_clip
from verifiers.picture import Pixels

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A recording of the samples."""
    path = tmp_path_factory.mktemp("clip") / "genuine.mp4"
    write(KINDS["genuine"](0), path)
    return path.read_bytes()


def test_no_damaged_recording_crashes_or_hangs_the_decoder(clip: bytes, tmp_path: Path) -> None:
    genuine, path = clip, tmp_path / "damaged.mp4"
    chance = random.Random(len(genuine))
    for _ in range(150):
        data = bytearray(genuine)
        for _ in range(chance.randrange(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        path.write_bytes(data)
        # Some damage does not show; whatever else comes out must be a specific answer.
        with contextlib.suppress(UnusableInput):
            load_clip(path)


def _stressed(holder: Holder, format: Format, seed: int) -> Pixels:
    chance = random.Random(seed)
    side = render(holder, format, identity_one(), dpi=200).mrz_side
    return photograph(
        side.image,
        tilt_degrees=chance.uniform(-180, 180),
        keystone_degrees=chance.uniform(0, 40),
        scale=chance.uniform(0.3, 1.0),
        blur=chance.uniform(0, 3),
        glare=chance.uniform(0, 0.9),
        noise=chance.uniform(0, 20),
        jpeg_quality=chance.randrange(15, 95),
        seed=seed,
    ).image


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("holder", [ANNA, MARTHA], ids=["Anna", "Martha"])
def test_however_bad_the_picture_nothing_is_read_surely_and_wrongly(
    format: Format, holder: Holder
) -> None:
    reader = MrzReader()
    truth = lines(holder, format)
    for seed in range(40):
        for text in reader.read(_stressed(holder, format, seed)).readings:
            assert not text.sure or (text.format, text.lines) == (MrzFormat(format), truth), seed


def test_noise_is_never_a_zone() -> None:
    reader, chance = MrzReader(), np.random.default_rng(0)
    for _ in range(60):
        height, width = chance.integers(64, 1200, 2)
        pixels = chance.integers(0, 256, (height, width, 3), dtype=np.uint8)
        assert not [text for text in reader.read(pixels).readings if text.sure]
