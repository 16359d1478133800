"""Every format that people send becomes an upright RGB picture."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.imaging.evidence_files import (
    BLUE,
    GREEN,
    GREY,
    RED,
    a_pdf,
    corners,
    encoded,
    noise,
    quarters,
)
from verifiers.imaging import UnusableInput, load_pictures
from verifiers.picture import Pixels

FORMS = ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF", "GIF", "BMP"]
UPRIGHT = [RED, GREEN, BLUE, GREY]


def saved(tmp_path: Path, data: bytes, name: str = "document.bin") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def lies_upright(pixels: Pixels) -> bool:
    return bool(np.allclose(corners(pixels), UPRIGHT, atol=12))


@pytest.mark.parametrize("form", FORMS)
def test_every_format_is_read_by_its_content_whatever_its_name(form: str, tmp_path: Path) -> None:
    path = saved(tmp_path, encoded(quarters(), form), "scan.txt")
    (picture,) = load_pictures(path)
    assert (picture.file, picture.page) == ("scan.txt", 1)
    assert picture.pixels.shape == (96, 160, 3)
    assert picture.pixels.dtype == np.uint8
    assert lies_upright(picture.pixels)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_all_eight_orientations_come_out_upright(
    form: str, orientation: int, tmp_path: Path
) -> None:
    # What a camera that is held so has to store, by the definition in EXIF 2.32 §4.6.4: the row and
    # the column of the stored picture that show the scene's top and left side.
    scene = np.asarray(quarters())
    stored = {
        1: scene,
        2: scene[:, ::-1],
        3: scene[::-1, ::-1],
        4: scene[::-1],
        5: scene.transpose(1, 0, 2),
        6: scene.transpose(1, 0, 2)[::-1],
        7: scene.transpose(1, 0, 2)[::-1, ::-1],
        8: scene.transpose(1, 0, 2)[:, ::-1],
    }[orientation]
    exif = Image.Exif()
    exif[274] = orientation
    data = encoded(Image.fromarray(np.ascontiguousarray(stored)), form, exif=exif)
    (picture,) = load_pictures(saved(tmp_path, data))
    assert picture.pixels.shape == (96, 160, 3)
    assert lies_upright(picture.pixels)


def test_heic_is_turned_once_not_twice(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6
    stored = quarters().transpose(Image.Transpose.ROTATE_90)
    data = encoded(stored, "HEIF", exif=exif.tobytes())
    assert b"irot" in data  # Like a phone's, the file says it in its boxes as well as in its EXIF.
    (picture,) = load_pictures(saved(tmp_path, data))
    assert lies_upright(picture.pixels)


def test_broken_exif_is_no_reason_to_refuse_a_picture(tmp_path: Path) -> None:
    data = encoded(quarters(), "JPEG", exif=b"Exif\0\0II\x2a\x00\xff\xff\xff\xffgarbage")
    (picture,) = load_pictures(saved(tmp_path, data))
    assert lies_upright(picture.pixels)


def test_transparency_lies_on_white(tmp_path: Path) -> None:
    image = quarters().convert("RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    (picture,) = load_pictures(saved(tmp_path, encoded(image, "PNG")))
    assert (picture.pixels == 255).all()


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "LA", "RGBA", "YCbCr"])
def test_every_colour_mode_becomes_rgb(mode: str, tmp_path: Path) -> None:
    black = Image.new("RGB", (64, 64), "black")
    black.paste("white", (32, 0, 64, 64))
    (picture,) = load_pictures(saved(tmp_path, encoded(black.convert(mode), "TIFF")))
    assert picture.pixels[:, 8].max() < 8
    assert picture.pixels[:, 56].min() > 247


def test_a_palette_with_a_transparent_colour_lies_on_white(tmp_path: Path) -> None:
    image = Image.new("P", (64, 64), 0)
    image.putpalette([10, 20, 30] * 256)
    (picture,) = load_pictures(saved(tmp_path, encoded(image, "PNG", transparency=0)))
    assert (picture.pixels == 255).all()


def test_sixteen_bits_are_scaled_not_clipped(tmp_path: Path) -> None:
    ramp = np.linspace(0, 65535, 64 * 256).reshape(64, 256).astype(np.uint16)
    (picture,) = load_pictures(saved(tmp_path, encoded(Image.fromarray(ramp), "PNG")))
    expected = np.repeat((ramp / 257)[:, :, None], 3, axis=2)
    assert np.abs(picture.pixels - expected).max() <= 1


def test_every_page_of_a_tiff_is_read_without_its_previews(tmp_path: Path) -> None:
    pages = [quarters(), noise(), quarters(80, 48)]
    preview = Image.new("RGB", (40, 40))
    preview.encoderinfo = {"tiffinfo": {254: 1}}
    data = encoded(pages[0], "TIFF", save_all=True, append_images=[preview, *pages[1:]])
    loaded = load_pictures(saved(tmp_path, data))
    assert [picture.page for picture in loaded] == [1, 2, 3]
    assert [(picture.width, picture.height) for picture in loaded] == [page.size for page in pages]


def test_an_a4_page_of_a_pdf_is_rendered_at_300_dpi(tmp_path: Path) -> None:
    pages = load_pictures(saved(tmp_path, a_pdf(quarters(), pages=3)))
    assert [picture.page for picture in pages] == [1, 2, 3]
    for picture in pages:
        assert abs(picture.width - 2480) <= 2
        assert abs(picture.height - 3508) <= 2
        assert lies_upright(picture.pixels)


@pytest.mark.parametrize(("points", "long_side"), [((4000.0, 3000.0), 5773), ((153, 243), 2000)])
def test_pages_of_other_sizes_keep_their_detail_within_the_bound(
    points: tuple[float, float], long_side: int, tmp_path: Path
) -> None:
    (picture,) = load_pictures(saved(tmp_path, a_pdf(quarters(), points=points)))
    assert abs(max(picture.width, picture.height) - long_side) <= 2
    assert picture.width * picture.height <= 25_100_000


def test_a_pdf_of_too_many_pages_is_refused_whole(tmp_path: Path) -> None:
    path = saved(tmp_path, a_pdf(quarters(), pages=21))
    with pytest.raises(UnusableInput, match="is a PDF of 21 pages; at most 20 are read"):
        load_pictures(path)


def test_of_an_animation_the_first_frame_is_the_picture(tmp_path: Path) -> None:
    frames = [quarters(), noise(160, 96)]
    for form in ("GIF", "WEBP", "PNG"):
        data = encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=100)
        (picture,) = load_pictures(saved(tmp_path, data))
        assert lies_upright(picture.pixels)


def test_a_jpeg_of_108_megapixels_is_read_at_half_its_size(tmp_path: Path) -> None:
    # A phone's whole sensor: 12000 x 9000.
    data = encoded(quarters(12000, 9000), "JPEG", quality=30)
    (picture,) = load_pictures(saved(tmp_path, data))
    assert (picture.width, picture.height) == (6000, 4500)
    assert lies_upright(picture.pixels)


def test_pixels_may_be_written_to(tmp_path: Path) -> None:
    (picture,) = load_pictures(saved(tmp_path, encoded(quarters(), "PNG")))
    picture.pixels[0, 0] = 7
    assert picture.pixels[0, 0].tolist() == [7, 7, 7]


def test_a_second_jpeg_behind_the_first_is_what_phones_write(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    quarters().save(buffer, "MPO", save_all=True, append_images=[noise()])
    for data in (buffer.getvalue(), encoded(quarters(), "JPEG") + encoded(noise(), "JPEG")):
        (picture,) = load_pictures(saved(tmp_path, data))
        assert lies_upright(picture.pixels)
