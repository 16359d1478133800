"""What the OCR-B reader promises: it reads what is printed, or says where and why it cannot."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from bench.mrz import with_orientation
from bench.mrz_pages import GRID, Page, Stress, mixed_stress, page, stressed
from models.document import MrzFormat, MrzSearch, MrzText
from samples.holder import Holder
from samples.mrz_lines import FORMATS, Format, lines
from samples.photograph import photograph
from samples.portraits import identity_one
from samples.specimen import render
from samples.tampering import wrong_check_digit
from verifiers.documents.attempt import attempt
from verifiers.documents.check_digit import check_digit
from verifiers.documents.locate import StrokeMask
from verifiers.documents.reading import MrzReader
from verifiers.documents.recognise import Recogniser
from verifiers.documents.rectify import rectifier
from verifiers.imaging import load_pictures

Pixels = NDArray[np.uint8]

ANNA = Holder()


@pytest.fixture(scope="module")
def reader() -> MrzReader:
    return MrzReader()


def only(search: MrzSearch) -> MrzText:
    """The one reading of a picture with one zone."""
    (text,) = search.readings
    return text


def scan(format: Format = "TD3", holder: Holder = ANNA, dpi: int = 150) -> Pixels:
    """The side of a specimen that has the zone."""
    return np.asarray(render(holder, format, identity_one(), dpi=dpi).mrz_side.image, np.uint8)


# Reading


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_read_exactly_and_surely(reader: MrzReader, format: Format) -> None:
    search = reader.read(scan(format))
    text = only(search)
    assert text.lines == lines(ANNA, format)
    assert text.format == MrzFormat(format)
    assert text.sure
    assert search.problem is None


def test_a_grey_picture_reads_like_a_coloured_one(reader: MrzReader) -> None:
    picture = scan()
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    assert only(reader.read(grey)).lines == only(reader.read(picture)).lines


@pytest.mark.parametrize("degrees", [0, 30, -30, 77, 90, 135, 180, 270])
def test_a_turned_zone_is_read_and_says_how_far_it_is_turned(
    reader: MrzReader, degrees: float
) -> None:
    taken = page(Stress(rotation=degrees), seed=3)
    text = only(reader.read(taken.picture))
    assert text.lines == taken.lines
    away = (text.rotation - degrees + 180) % 360 - 180
    assert abs(away) < 3


@pytest.mark.parametrize("seed", range(4))
def test_a_zone_seen_at_thirty_five_degrees_is_read(reader: MrzReader, seed: int) -> None:
    taken = page(Stress(keystone=35), seed)
    assert only(reader.read(taken.picture)).lines == taken.lines


def test_a_page_that_bends_by_half_a_character_is_read(reader: MrzReader) -> None:
    taken = page(Stress(curvature=0.5), seed=5)
    assert only(reader.read(taken.picture)).lines == taken.lines


def test_a_hand_held_photograph_on_a_table_is_read(reader: MrzReader) -> None:
    taken = photograph(
        scan(dpi=200), tilt_degrees=8, keystone_degrees=15, blur=0.8, noise=4, jpeg_quality=70
    )
    assert only(reader.read(taken.image)).lines == lines(ANNA, "TD3")


def test_the_region_lies_around_the_printed_zone(reader: MrzReader) -> None:
    side = render(ANNA, "TD3", identity_one(), dpi=150).mrz_side
    left, top, width, height = side.boxes["mrz"]
    found = only(reader.read(np.asarray(side.image, np.uint8))).region.bounds
    slack = height / 3
    for seen, printed in zip(found, (left, top, left + width, top + height), strict=True):
        assert abs(seen - printed) < slack


def test_both_documents_on_one_picture_are_read(reader: MrzReader) -> None:
    other = replace(ANNA, primary="KOWALSKA", number="AB1234567")
    both = np.vstack([scan("TD3"), scan("TD3", other)])
    read = {text.lines for text in reader.read(both).readings}
    assert read == {lines(ANNA, "TD3"), lines(other, "TD3")}


def test_a_card_that_lies_across_beside_a_passport_is_read_too(reader: MrzReader) -> None:
    passport, card = scan(), np.ascontiguousarray(np.rot90(scan("TD1", replace(ANNA, sex="M"))))
    table = np.full((900, 1300, 3), 90, np.uint8)
    for picture, x, y in ((passport, 60, 120), (card, 60 + passport.shape[1] + 60, 150)):
        table[y : y + picture.shape[0], x : x + picture.shape[1]] = picture
    read = {text.format: text.lines for text in reader.read(table).readings}
    assert read[MrzFormat.TD3] == lines(ANNA, "TD3")
    assert read[MrzFormat.TD1] == lines(replace(ANNA, sex="M"), "TD1")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_lies_as_its_exif_orientation_says(
    reader: MrzReader, orientation: int, tmp_path: Path
) -> None:
    path = tmp_path / "phone.jpg"
    with_orientation(Image.fromarray(scan()), orientation, path)
    (picture,) = load_pictures(path)
    text = only(reader.read(picture.pixels))
    assert text.lines == lines(ANNA, "TD3")
    assert abs(text.rotation) < 3


# Believing nothing unproved


def test_a_clearly_printed_wrong_check_digit_is_read_surely_as_printed(reader: MrzReader) -> None:
    forged = render(ANNA, "TD3", identity_one(), dpi=200, tampering=[wrong_check_digit()])
    text = only(reader.read(np.asarray(forged.mrz_side.image, np.uint8)))
    assert text.lines == forged.mrz
    assert text.lines != lines(ANNA, "TD3")
    assert text.sure


@pytest.mark.parametrize("place", range(9))
def test_no_character_of_the_number_is_changed_to_make_its_digit_right(
    reader: MrzReader, place: int
) -> None:
    """One character exchanged, everything else as printed before: the digits are all stale."""
    number = ANNA.number
    shifted = "0123456789".index(number[place]) if number[place].isdigit() else None
    other = str((shifted + 1) % 10) if shifted is not None else "H"
    forged = number[:place] + other + number[place + 1 :]
    honest = lines(ANNA, "TD3")
    zone = (honest[0], forged + honest[1][9:])
    assert check_digit(forged) != int(zone[1][9])
    text = only(reader.read(_printed(zone)))
    assert text.lines == zone
    assert text.sure


def test_an_unreadable_character_is_unsure_even_where_its_digit_could_tell_it(
    reader: MrzReader,
) -> None:
    zone = lines(ANNA, "TD3")
    picture = _printed(zone, hidden=[(1, 3), (1, 4)])
    search = reader.read(picture)
    text = only(search)
    assert {(1, 3), (1, 4)} <= set(text.unsure)
    assert search.problem is not None
    assert "line 2" in search.problem


def test_an_unreadable_letter_of_a_name_is_unsure(reader: MrzReader) -> None:
    zone = lines(ANNA, "TD3")
    text = only(reader.read(_printed(zone, hidden=[(0, 6)])))
    assert (0, 6) in text.unsure


def test_a_visa_whose_last_fillers_are_cut_off_is_not_surely_the_smaller_visa(
    reader: MrzReader,
) -> None:
    """An MRV-A's first 36 columns are a valid MRV-B where its last eight are fillers."""
    zone = lines(replace(ANNA, personal_number=""), "MRV-A")
    assert all(line.endswith("<" * 8) for line in zone)
    picture = _printed(zone)
    cut = picture[:, : round(picture.shape[1] * (_MARGIN + 36.1) / (2 * _MARGIN + 44))]
    assert not any(text.sure for text in reader.read(np.ascontiguousarray(cut)).readings)


@pytest.mark.parametrize("characters", [-2, -1, 1, 2])
def test_a_line_looked_for_beside_its_place_is_never_surely_misread(characters: int) -> None:
    """The name's line has no digit that would tell that it was begun at the wrong character."""
    zone = lines(ANNA, "TD3")
    grey = _printed(zone)
    block = StrokeMask(grey, 900).blocks(0)[0]
    pitch = block.length / 44
    beside = replace(
        block, corners=block.corners + np.array([[characters * pitch, 0]] * 2 + [[0, 0]] * 2)
    )
    read = attempt(rectifier(grey, beside, 44), grey, Recogniser())
    assert read is not None
    assert read.decoding.lines == zone or {0} <= {line for line, _ in read.unsure}


def test_bad_photographs_are_never_surely_misread(reader: MrzReader) -> None:
    for seed in range(7000, 7025):
        taken = page(mixed_stress(seed), seed)
        for text in reader.read(taken.picture).readings:
            assert not text.sure or text.lines == taken.lines, (seed, text.lines, taken.lines)


# Saying why not


def test_a_picture_without_a_zone_gives_no_lines_and_says_what_to_photograph(
    reader: MrzReader,
) -> None:
    front = render(ANNA, "TD1", identity_one(), dpi=150).face_side.image
    search = reader.read(np.asarray(front, np.uint8))
    assert search.readings == ()
    assert search.problem is not None
    assert "No machine readable zone was found" in search.problem


def test_a_paragraph_of_typescript_is_no_zone(reader: MrzReader) -> None:
    page_of_text = np.full((600, 900), 235, np.uint8)
    for row in range(12):
        text = "Evenly spaced letters alone are not yet a zone"
        place = (40, 60 + 40 * row)
        cv2.putText(page_of_text, text, place, cv2.FONT_HERSHEY_SIMPLEX, 1, (20,), 2)
    assert reader.read(page_of_text).readings == ()


def test_a_zone_that_is_too_small_says_how_many_pixels_it_needs(reader: MrzReader) -> None:
    search = reader.read(page(Stress(pitch=4.4), seed=2).picture)
    assert not any(text.sure for text in search.readings)
    assert search.problem is not None
    assert "too small" in search.problem
    assert "pixels long" in search.problem


def test_a_blurred_zone_asks_for_a_sharp_one(reader: MrzReader) -> None:
    search = reader.read(page(Stress(pitch=16, blur=0.26), seed=2).picture)
    assert not any(text.sure for text in search.readings)
    assert search.problem is not None
    assert "blurred" in search.problem


@pytest.mark.parametrize(
    "shape", [(1, 1), (3, 2000), (2000, 3), (40, 40), (17, 300, 3), (32, 26_000), (30_000, 40)]
)
def test_pictures_of_any_size_are_answered(reader: MrzReader, shape: tuple[int, ...]) -> None:
    assert reader.read(np.full(shape, 128, np.uint8)).problem


def test_noise_is_no_zone(reader: MrzReader) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (500, 800), np.uint8)
    assert reader.read(noise).readings == ()


# Cost


def test_reading_stays_within_a_hundred_and_fifty_megabytes() -> None:
    """Peak memory of a fresh process, less its 36 MB picture."""
    program = (
        "import numpy as np\n"
        "from verifiers.documents.reading import MrzReader\n"
        "MrzReader().read(np.full((3000, 4000, 3), 200, np.uint8))\n"
        "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) / 1024 - 36 < 150


# Stress and real pictures


@pytest.mark.soak
@pytest.mark.parametrize("name", GRID)
def test_the_stress_grid_is_never_surely_misread(reader: MrzReader, name: str) -> None:
    for value in GRID[name]:
        for seed in range(10):
            taken: Page = page(stressed(name, value), seed)
            for text in reader.read(taken.picture).readings:
                assert not text.sure or text.lines in taken.zones, (name, value, seed)


def test_known_documents_are_read(reader: MrzReader) -> None:
    """At least 97 % of those with valid digits exactly, 90 % surely, and none surely wrong."""
    if "BONAFIDE_DATA" not in os.environ:
        pytest.skip("BONAFIDE_DATA names no folder of labelled documents")
    from bench.mrz import documents, upright

    exact = sure = count = 0
    for document in documents(Path(os.environ["BONAFIDE_DATA"])):
        found = reader.read(upright(document.path)).readings
        assert bool(found) == bool(document.lines), document.path.name
        for text in found:
            assert not text.sure or text.lines == document.lines, document.path.name
        if document.digits_valid:
            count += 1
            exact += any(text.lines == document.lines for text in found)
            sure += any(text.sure for text in found)
    assert count
    assert exact >= 0.97 * count
    assert sure >= 0.9 * count


def test_a_known_document_is_read_in_all_eight_exif_orientations() -> None:
    if "BONAFIDE_DATA" not in os.environ:
        pytest.skip("BONAFIDE_DATA names no folder of labelled documents")
    from bench.mrz import exif_variants

    assert exif_variants(Path(os.environ["BONAFIDE_DATA"])) == 8


_MARGIN = 3


def _printed(zone: tuple[str, ...], hidden: list[tuple[int, int]] | None = None) -> Pixels:
    """The zone alone on white paper, 20 pixels a character, some characters smeared over."""
    from PIL import Image, ImageDraw, ImageFont

    pitch = 20
    font = ImageFont.truetype("/usr/share/fonts/opentype/ocr-b/OCRB.otf", pitch / 0.72)
    size = (pitch * (len(zone[0]) + 2 * _MARGIN), pitch * (2 * _MARGIN + 5))
    image = Image.new("L", size, 235)
    pen = ImageDraw.Draw(image)
    for row, line in enumerate(zone):
        for column, character in enumerate(line):
            at = (pitch * (_MARGIN + column), pitch * (_MARGIN + 2.5 * row))
            pen.text(at, character, font=font, fill=30)
            if (row, column) in (hidden or []):
                box = (at[0], at[1], at[0] + pitch - 3, at[1] + pitch * 1.5)
                pen.rectangle(box, fill=150)
    return np.asarray(image, np.uint8)
