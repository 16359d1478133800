"""Pixels to the text of a barcode: where it lies, how it lies, and what stands in for it."""

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest

from models.barcode import BarcodeSearch, Symbology
from samples.licence import Licence, barcode_picture, render_licence
from samples.licence_payload import ANNA_DRIVES, payload
from samples.photograph import photograph
from samples.portraits import identity_one
from verifiers.documents.barcode import LIKELY, NOT_FOUND, read_barcodes
from verifiers.documents.barcode_locate import places
from verifiers.documents.barcode_payload import as_printed, decoded, load_payload
from verifiers.picture import Pixels
from verifiers.unusable import UnusableInput


@cache
def licence() -> Licence:
    return render_licence(ANNA_DRIVES, identity_one())


@cache
def licence_at_600_dpi() -> Licence:
    return render_licence(ANNA_DRIVES, identity_one(), dpi=600)


def texts(search: BarcodeSearch) -> list[str]:
    return [one.text for one in search.readings]


@pytest.mark.parametrize("degrees", [0, 3, -8, 25, 45, 88, 90, 135, 180])
def test_a_licence_photographed_any_way_up_is_read(degrees: float) -> None:
    shot = photograph(licence().back, tilt_degrees=degrees, keystone_degrees=6, noise=3)
    search = read_barcodes(shot.image)
    assert texts(search) == [licence().payload]
    assert search.problem is None
    assert search.readings[0].symbology is Symbology.PDF417


@pytest.mark.parametrize(
    ("scale", "blur"), [(1.0, 1.6), (0.67, 1.0), (0.5, 0.8), (0.42, 0.4)], ids=str
)
def test_a_blurred_or_small_barcode_is_read_on_a_further_attempt(scale: float, blur: float) -> None:
    shot = photograph(licence().back, scale=scale, blur=blur, noise=2, tilt_degrees=4)
    assert texts(read_barcodes(shot.image)) == [licence().payload]


def test_the_place_on_the_picture_is_told() -> None:
    shot = photograph(licence().back, tilt_degrees=14, keystone_degrees=5, noise=2)
    (reading,) = read_barcodes(shot.image).readings
    expected = shot.corners_of(licence().barcode)
    width = np.hypot(*(expected[1] - expected[0]))
    # The quiet zone belongs to the one and not to the other.
    assert np.abs(np.array(reading.region.corners) - expected).max() < 0.05 * width


@pytest.mark.parametrize(
    ("share", "degrees"), [(0.2, 33), (0.35, 90), (0.9, -7)], ids=["small", "upright", "filling"]
)
def test_a_card_on_a_photograph_of_twelve_megapixels_is_read(share: float, degrees: float) -> None:
    desk = np.random.default_rng(4).integers(90, 170, (75, 100, 3)).astype(np.uint8)
    large = np.asarray(cv2.resize(desk, (4000, 3000), interpolation=cv2.INTER_CUBIC), np.uint8)
    back = licence_at_600_dpi().back
    scale = share * 4000 / back.shape[1]
    turn = cv2.getRotationMatrix2D((back.shape[1] / 2, back.shape[0] / 2), degrees, scale)
    turn[:, 2] += 2000 - back.shape[1] / 2, 1500 - back.shape[0] / 2
    where = cv2.warpAffine(np.full(back.shape[:2], 255, np.uint8), turn, (4000, 3000))
    small = cv2.GaussianBlur(back, (0, 0), 0.4 / scale)
    large[where > 127] = cv2.warpAffine(small, turn, (4000, 3000))[where > 127]
    assert texts(read_barcodes(large)) == [licence_at_600_dpi().payload]


def test_an_inverted_or_mirrored_barcode_is_read() -> None:
    shot = photograph(licence().back, tilt_degrees=5, noise=2).image
    assert texts(read_barcodes(255 - shot)) == [licence().payload]
    assert texts(read_barcodes(np.ascontiguousarray(shot[:, ::-1]))) == [licence().payload]


def test_print_on_a_large_picture_is_not_worth_the_patience_that_a_barcode_is() -> None:
    large = cv2.resize(licence().front, (4000, 2524), interpolation=cv2.INTER_CUBIC)
    grey = np.asarray(cv2.cvtColor(large, cv2.COLOR_RGB2GRAY), np.uint8)
    assert all(place.fineness(grey) < LIKELY for place in places(grey))
    blurred = photograph(licence().back, blur=1, noise=2).image
    grey = np.asarray(cv2.cvtColor(blurred, cv2.COLOR_RGB2GRAY), np.uint8)
    assert places(grey)[0].fineness(grey) > LIKELY


def test_several_barcodes_on_one_picture_are_all_read_from_the_top() -> None:
    one = photograph(licence().back, tilt_degrees=5, seed=1).image
    other = barcode_picture("ANOTHER BARCODE, NO LICENCE", columns=4)
    sheet = np.full((one.shape[0] + 400, one.shape[1], 3), 235, np.uint8)
    sheet[: one.shape[0]] = one
    top = one.shape[0] + 100
    sheet[top : top + other.shape[0], 200 : 200 + other.shape[1]] = other
    assert texts(read_barcodes(sheet)) == [licence().payload, "ANOTHER BARCODE, NO LICENCE"]


def test_the_same_barcode_twice_on_one_picture_is_read_at_both_places() -> None:
    one = photograph(licence().back, tilt_degrees=6).image
    search = read_barcodes(np.concatenate([one, one]))
    assert texts(search) == [licence().payload] * 2


@pytest.mark.parametrize(
    "pixels",
    [
        np.full((600, 900, 3), 240, np.uint8),
        np.random.default_rng(1).integers(0, 256, (300, 400, 3), dtype=np.uint8),
        np.zeros((32, 32, 3), np.uint8),
        np.full((33, 4000, 3), 128, np.uint8),
    ],
    ids=["white", "noise", "black", "a strip"],
)
def test_a_picture_of_nothing_says_what_to_send(pixels: Pixels) -> None:
    assert read_barcodes(pixels) == BarcodeSearch(problem=NOT_FOUND)


def test_the_front_of_a_licence_has_no_barcode() -> None:
    assert read_barcodes(licence().front).problem == NOT_FOUND


def test_letters_beyond_ascii_are_those_that_were_written() -> None:
    text = payload(ANNA_DRIVES).replace("ERIKSSON", "LÉVESQUE-NIÑO")
    assert texts(read_barcodes(barcode_picture(text))) == [text]


def test_bytes_are_read_as_utf8_or_else_as_the_standard_asks() -> None:
    assert decoded("\ufeffLÉVESQUE".encode()) == "LÉVESQUE"
    assert decoded("LÉVESQUE".encode("latin-1")) == "LÉVESQUE"


def test_a_file_of_text_is_a_payload_and_a_picture_is_none(tmp_path: Path) -> None:
    text, picture, noise = (tmp_path / name for name in ("a.txt", "b.png", "c.bin"))
    text.write_bytes(payload(ANNA_DRIVES).encode("latin-1"))
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    noise.write_bytes(bytes(range(256)) * 4)
    assert load_payload(text) == payload(ANNA_DRIVES)
    assert load_payload(picture) is None
    assert load_payload(noise) is None


@pytest.mark.parametrize(
    ("line", "record", "segment"),
    [("<LF>", "<RS>", "<CR>"), ("[lf]", "[rs]", "[cr]"), ("\\n", "\\x1e", "\\r"),
     ("\\n", "\\u001e", "\\r"), ("\\n", "\\036", "\\r"), ("<0x0A>", "<0x1E>", "<0x0D>"),
     ("^J", "^^", "^M"), ("\u240a", "\u241e", "\u240d"), ("&#10;", "&#30;", "&#13;"),
     ("%0A", "%1E", "%0D"), ("<LF>\n", "<RS>", "<CR>")],
)  # fmt: skip
def test_control_characters_that_were_spelled_out_are_meant(
    line: str, record: str, segment: str, tmp_path: Path
) -> None:
    known = payload(ANNA_DRIVES)
    written = known.replace("\n", line).replace("\x1e", record).replace("\r", segment)
    path = tmp_path / "licence.txt"
    path.write_text(written, newline="")
    read = load_payload(path)
    assert read is not None
    assert read.replace("\n\n", "\n") == known


@pytest.mark.parametrize(
    "text",
    [
        payload(ANNA_DRIVES),
        payload(ANNA_DRIVES).replace("12 HARBOUR STREET", r"UNIT \nine <LF> 0x1E %0A ^J"),
        "%BCKELOWNA^PUBLIC,$J^1 ELM$K BC V1Y 2P6^?;6360287290172=280619920315=?_%0AV1Y2P6",
        "Dear Anna,\nthe <LF> is at the end.",
    ],
    ids=["a licence", "an address", "a stripe", "a letter"],
)
def test_what_is_not_spelled_out_stays_as_it_is(text: str) -> None:
    assert as_printed(text) == text


def test_a_text_of_windows_or_in_the_wrong_case_is_a_payload(tmp_path: Path) -> None:
    path = tmp_path / "licence.txt"
    for data in (payload(ANNA_DRIVES).encode("utf-16"), payload(ANNA_DRIVES).swapcase().encode()):
        path.write_bytes(data)
        assert load_payload(path) == payload(ANNA_DRIVES)


def test_a_text_too_long_for_a_barcode_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "novel.txt"
    path.write_text("DAQ1\n" * 20_000)
    with pytest.raises(UnusableInput, match="no barcode holds"):
        load_payload(path)
