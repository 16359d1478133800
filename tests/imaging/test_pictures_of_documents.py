"""A document in a file, however a device or a scanner wrote it: every zone is read exactly."""

import io
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image

from samples.holder import ANNA, Holder
from samples.mrz_lines import Format, lines
from samples.portraits import identity_one
from samples.specimen import render
from tests.imaging.evidence_files import encoded
from verifiers.documents.reading import MrzReader
from verifiers.imaging import load_pictures
from verifiers.picture import Picture

KOWALSKA = Holder(primary="KOWALSKA", secondary="ZOFIA", number="AB1234567")
ANNAS, KOWALSKAS = lines(ANNA, "TD3"), lines(KOWALSKA, "TD3")

Zone = tuple[str, ...]


@cache
def sides(format: Format, holder: Holder = ANNA) -> tuple[Image.Image, ...]:
    """A specimen's sides, scanned at 150 dpi."""
    rendered = render(holder, format, identity_one(), dpi=150)
    return tuple(Image.fromarray(side.image) for side in rendered.sides)


def passport(holder: Holder = ANNA) -> Image.Image:
    return sides("TD3", holder)[0]


def loaded(tmp_path: Path, data: bytes) -> tuple[Picture, ...]:
    path = tmp_path / "document.bin"
    path.write_bytes(data)
    return load_pictures(path)


@cache
def reader() -> MrzReader:
    return MrzReader()


def zones(picture: Picture) -> set[Zone]:
    """The lines of all zones that are read on a picture, every one of them surely."""
    readings = reader().read(picture.pixels).readings
    assert all(text.sure for text in readings)
    return {text.lines for text in readings}


def beside(*images: Image.Image, gap: int = 0) -> Image.Image:
    """Images on one grey table, from left to right."""
    width = sum(image.width for image in images) + gap * (len(images) - 1)
    table = Image.new("RGB", (width, max(image.height for image in images)), (90, 96, 104))
    left = 0
    for image in images:
        table.paste(image, (left, 0))
        left += image.width + gap
    return table


def above(*images: Image.Image, gap: int = 0) -> Image.Image:
    """Images on one grey table, from top to bottom."""
    quarter, back = Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270
    return beside(*(image.transpose(quarter) for image in images), gap=gap).transpose(back)


def a_page_of_stamps(size: tuple[int, int]) -> Image.Image:
    """The page that faces the data page: stamps and a visa's print, and no zone."""
    page = np.full((size[1], size[0], 3), (232, 226, 214), np.uint8)
    for row in range(7):
        place = (30 + 17 * row, 60 + 62 * row)
        cv2.putText(page, "IMMIGRATION 12 MAR 2024", place, 0, 0.8, (70, 50, 120), 2)
    return Image.fromarray(page)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF", "PDF"])
def test_a_passport_is_read_in_every_format(form: str, tmp_path: Path) -> None:
    (picture,) = loaded(tmp_path, encoded(passport(), form))
    assert zones(picture) == {ANNAS}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["HEIF", "AVIF"])
def test_a_passport_is_read_however_the_camera_was_held(
    form: str, orientation: int, tmp_path: Path
) -> None:
    """By these two formats' own boxes (`irot`, `imir`); `test_pictures` has the others."""
    stored = {
        1: [],
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }[orientation]
    image = passport()
    for turn in stored:
        image = image.transpose(turn)
    exif = Image.Exif()
    exif[274] = orientation
    (picture,) = loaded(tmp_path, encoded(image, form, exif=exif.tobytes()))
    assert (picture.width, picture.height) == passport().size
    assert zones(picture) == {ANNAS}


def test_every_page_of_a_pdf_is_its_own_picture_whatever_its_size(tmp_path: Path) -> None:
    front, back = sides("TD1")
    pages = [front, back, passport(KOWALSKA)]
    data = encoded(pages[0], "PDF", save_all=True, append_images=pages[1:], resolution=150)
    pictures = loaded(tmp_path, data)
    assert [picture.page for picture in pictures] == [1, 2, 3]
    assert [zones(p) for p in pictures] == [set(), {lines(ANNA, "TD1")}, {KOWALSKAS}]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_pdf_page_that_says_it_is_turned_comes_out_upright(degrees: int, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(encoded(passport().rotate(degrees, expand=True), "PDF"))
    document[0].set_rotation(degrees)
    out = io.BytesIO()
    document.save(out)
    (picture,) = loaded(tmp_path, out.getvalue())
    assert picture.width > picture.height
    (text,) = reader().read(picture.pixels).readings
    assert text.lines == ANNAS
    assert abs(text.rotation) < 1


def test_each_page_of_a_tiff_has_its_own_orientation(tmp_path: Path) -> None:
    turned = passport(KOWALSKA).transpose(Image.Transpose.ROTATE_180)
    turned.encoderinfo = {"tiffinfo": {274: 3}}
    data = encoded(passport(), "TIFF", save_all=True, append_images=[turned])
    first, second = loaded(tmp_path, data)
    assert zones(first) == {ANNAS}
    (text,) = reader().read(second.pixels).readings
    assert (text.lines, abs(text.rotation) < 1) == (KOWALSKAS, True)


def test_both_sides_of_a_card_in_one_picture(tmp_path: Path) -> None:
    for picture in (above(*sides("TD1"), gap=40), beside(*sides("TD1"), gap=40)):
        (read,) = loaded(tmp_path, encoded(picture, "JPEG", quality=90))
        assert zones(read) == {lines(ANNA, "TD1")}


def test_several_documents_in_one_picture(tmp_path: Path) -> None:
    both = passport(), passport(KOWALSKA)
    for table in (beside(*both, gap=30), above(*both, gap=30)):
        (picture,) = loaded(tmp_path, encoded(table, "JPEG", quality=90))
        assert zones(picture) == {ANNAS, KOWALSKAS}


def test_a_spread_of_two_facing_pages_either_way(tmp_path: Path) -> None:
    page = passport()
    stamps = a_page_of_stamps(page.size)
    for spread in (above(stamps, page), beside(stamps, page), beside(page, stamps)):
        (picture,) = loaded(tmp_path, encoded(spread, "JPEG", quality=90))
        assert zones(picture) == {ANNAS}
