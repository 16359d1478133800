"""What files say of themselves is read, cut down to how they came about, and never trusted."""

import io
import random
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from models.file_traits import Container, FileTraits, ProgramKind
from samples.forgeries.edited_file import (
    Traces,
    in_app11,
    manifest_of,
    saved,
    thumbnail_of,
    xmp_of,
)
from samples.portraits import identity_one
from tests.imaging.evidence_files import a_pdf, encoded, quarters
from verifiers.decoding import cbor, credentials, programs, signatures, traits
from verifiers.decoding.signatures import recognise
from verifiers.imaging import UnusableInput, load_pictures

_STORE = manifest_of("Some App/2.1", [{"action": "c2pa.created"}, {"action": "c2pa.edited"}])


def traits_of(data: bytes, tmp_path: Path) -> FileTraits:
    path = tmp_path / "document.bin"
    path.write_bytes(data)
    found = load_pictures(path)[0].traits
    assert found is not None
    return found


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF", "GIF", "BMP"])
def test_every_format_has_traits(form: str, tmp_path: Path) -> None:
    found = traits_of(encoded(quarters(), form), tmp_path)
    assert found.container.value == {"HEIF": "heic"}.get(form, form.lower())
    assert found.broken == ()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
def test_camera_and_program_are_read_from_every_format_that_holds_exif(
    form: str, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[271], exif[272], exif[305] = "Apple", "iPhone 13", "GIMP 2.10"
    options = {"exif": exif} if form != "HEIF" else {"exif": exif.tobytes()}
    found = traits_of(encoded(quarters(), form, **options), tmp_path)
    assert found.camera == "Apple iPhone 13"
    assert [program.name for program in found.programs] == ["GIMP"]


def test_places_names_times_and_serial_numbers_are_not_kept(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[271], exif[272] = "Canon", "EOS R5"
    exif[315], exif[33432], exif[306] = "Jane Doe", "(c) Jane Doe", "2024:01:02 03:04:05"
    exif.get_ifd(0x8769).update({0xA430: "Jane Doe", 0xA431: "SERIAL77", 37510: "Jane's card"})
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 12.0, 30.0)})
    said = traits_of(encoded(quarters(), "JPEG", exif=exif), tmp_path).model_dump_json()
    assert "Canon EOS R5" in said
    for private in ("Jane", "SERIAL77", "2024", "48.0"):
        assert private not in said


def test_words_of_no_table_are_not_kept_wherever_a_program_would_name_itself(
    tmp_path: Path,
) -> None:
    actions = [
        {"action": "Jane was here", "softwareAgent": "Jane's tool"},
        {"action": "c2pa.edited"},
    ]
    source = {"action": "c2pa.created", "digitalSourceType": "http://x/JaneDoe"}
    traces = Traces(
        make="Jane's camera",
        model="Jane",
        software="Jane Doe, jane@example.org",
        xmp=xmp_of("Jane's own", steps=1),
        manifest=manifest_of("Jane Doe 1.0", [*actions, source]),
    )
    found = traits_of(saved(identity_one().image[:200, :300], traces), tmp_path)
    assert "Jane" not in found.model_dump_json()
    assert {program.name for program in found.programs} == {"a program that is not known"}
    assert found.credentials
    assert found.credentials.actions == ("c2pa.edited", "c2pa.created")
    note = PngImagePlugin.PngInfo()
    note.add_text("Creator", "Jane Doe")
    assert traits_of(encoded(quarters(), "PNG", pnginfo=note), tmp_path).programs == ()


@pytest.mark.parametrize(
    ("make", "model", "kept"),
    [
        ("NIKON CORPORATION", "NIKON D750", "NIKON D750"),
        ("samsung", "SM-S918B", "Samsung SM-S918B"),
        ("Apple", "Jane's phone, jane@example.org", "Apple"),
        ("Apples of Jane", "iPhone 13", None),
        ("Jane Doe", "EOS R5", None),
    ],
)
def test_a_camera_is_kept_by_a_known_makers_name(make: str, model: str, kept: str | None) -> None:
    assert programs.camera(make, model) == kept


def test_thousands_of_segments_are_put_together_in_one_pass() -> None:
    head, pieces = b"JP\0\1", [bytes([place % 256]) * 3_000 for place in range(4_990)]
    box = len(b"".join(pieces)).to_bytes(4, "big") + b"jumb"
    segments = [head + bytes(4) + box + piece for piece in pieces]
    store = credentials.store_in(signatures.JPEG, b"", segments)
    assert store == box + b"".join(pieces)
    with pytest.raises(ValueError, match="too large"):
        credentials.read(store)


@pytest.mark.parametrize("quality", [35, 75, 92])
def test_the_quality_of_a_jpeg_is_that_it_was_saved_at(quality: int, tmp_path: Path) -> None:
    data = encoded(quarters(), "JPEG", quality=quality, subsampling="4:2:0", progressive=True)
    jpeg = traits_of(data, tmp_path).jpeg
    assert jpeg
    assert (jpeg.quality, jpeg.standard_tables) == (quality, True)
    assert (jpeg.subsampling, jpeg.progressive) == ("4:2:0", True)
    assert jpeg.scans > 1


def test_the_same_tables_have_the_same_print_and_others_another(tmp_path: Path) -> None:
    one, same, other = (
        traits_of(encoded(image, "JPEG", quality=quality), tmp_path).jpeg
        for image, quality in ((quarters(), 80), (quarters(300, 200), 80), (quarters(), 81))
    )
    assert one and same and other  # noqa: PT018
    assert one.tables == same.tables != other.tables


def _with_caBX(data: bytes) -> bytes:  # noqa: N802
    body = b"caBX" + _STORE
    chunk = len(_STORE).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    return data[:33] + chunk + data[33:]


def _with_riff_chunk(data: bytes) -> bytes:
    padded = _STORE + b"\0" * (len(_STORE) % 2)
    grown = data + b"C2PA" + len(_STORE).to_bytes(4, "little") + padded
    return grown[:4] + (len(grown) - 8).to_bytes(4, "little") + grown[8:]


def _with_uuid_box(data: bytes) -> bytes:
    body = bytes.fromhex("d8fec3d61b0e483c92975828877ec481") + bytes(4) + b"manifest\0" + bytes(8)
    return data + (8 + len(body + _STORE)).to_bytes(4, "big") + b"uuid" + body + _STORE


@pytest.mark.parametrize(
    ("form", "put"),
    [
        ("JPEG", lambda data: in_app11(data, _STORE)),
        ("PNG", _with_caBX),
        ("WEBP", _with_riff_chunk),
        ("AVIF", _with_uuid_box),
        ("HEIF", _with_uuid_box),
    ],
)
def test_content_credentials_are_read_where_each_format_keeps_them(
    form: str,
    put: Callable[[bytes], bytes],
    tmp_path: Path,
) -> None:
    found = traits_of(put(encoded(quarters(), form)), tmp_path).credentials
    assert found
    assert found.claim_generators == ("a program that is not known",)
    assert found.actions == ("c2pa.created", "c2pa.edited")


def test_a_manifest_longer_than_a_segment_is_put_together(tmp_path: Path) -> None:
    long = manifest_of("A" * 50, [{"action": "c2pa.edited", "reason": "x" * 1000}] * 150)
    assert len(long) > 2 * 65_535
    found = traits_of(in_app11(encoded(quarters(), "JPEG"), long), tmp_path).credentials
    assert found
    assert found.actions == ("c2pa.edited",)


def test_settings_of_an_image_generator_in_a_png_declare_it(tmp_path: Path) -> None:
    note = PngImagePlugin.PngInfo()
    note.add_text("parameters", "a passport, Steps: 20, Sampler: Euler")
    found = traits_of(encoded(quarters(), "PNG", pnginfo=note), tmp_path)
    assert found.ai_declared
    assert found.programs[0].kind is ProgramKind.AI_GENERATOR


def test_a_pdf_tells_its_changes(tmp_path: Path) -> None:
    whole = a_pdf(quarters())
    tail = whole[whole.rindex(b"startxref") :]
    found, changed = traits_of(whole, tmp_path), traits_of(whole + tail, tmp_path)
    assert found.container is Container.PDF
    assert found.pdf and changed.pdf  # noqa: PT018
    assert (found.pdf.updates, changed.pdf.updates) == (0, 1)


def test_broken_parts_are_named_and_the_picture_is_read_all_the_same(tmp_path: Path) -> None:
    damaged = in_app11(encoded(quarters(), "JPEG"), _STORE[:-30])
    assert traits_of(damaged, tmp_path).broken == ("C2PA",)


def test_every_program_of_the_table_has_a_kind_of_the_vocabulary_and_is_found() -> None:
    for words, _, kind in programs.PROGRAMS:
        assert ProgramKind(kind)
        assert programs.recognised(f"{words} 1.2")[1] != "unknown"


def test_a_name_within_a_longer_word_is_not_that_program() -> None:
    assert programs.recognised("HTML canvas export")[1] == "unknown"
    assert programs.recognised("Canva")[0] == "Canva"


@given(st.binary(max_size=400))
def test_no_bytes_make_the_readers_of_boxes_and_cbor_do_more_than_refuse(data: bytes) -> None:
    for read in (cbor.decode, credentials.read):
        try:
            read(data)
        except ValueError:
            continue


def _a_full_file() -> bytes:
    image = identity_one().image[:200, :300]
    traces = Traces(
        "Apple",
        "iPhone 13",
        "GIMP 2.10",
        xmp=xmp_of("Canva", steps=2),
        manifest=_STORE,
        thumbnail=thumbnail_of(image),
    )
    return saved(image, traces)


def _damaged(whole: bytes, chance: random.Random) -> bytes:
    data = bytearray(whole)
    reach = min(len(data), 9_000)
    for _ in range(chance.randrange(1, 25)):
        data[chance.randrange(reach)] = chance.randrange(256)
    return bytes(data)


def _read_damaged(count: int) -> int:
    """How many of so many damaged files still gave traits, read in this process."""
    whole, chance, given_ = _a_full_file(), random.Random(5), 0
    for _ in range(count):
        data = _damaged(whole, chance)
        if recognise(data) is signatures.JPEG:
            said, _ = traits.read(signatures.JPEG, io.BytesIO(data))
            FileTraits.model_validate(said)
            given_ += 1
    return given_


def test_damaged_headers_give_traits_of_what_could_be_read() -> None:
    assert _read_damaged(150) > 100


@pytest.mark.soak
def test_many_damaged_headers_give_traits_of_what_could_be_read() -> None:
    assert _read_damaged(20_000) > 15_000


@pytest.mark.soak
def test_no_damaged_file_crashes_the_decoding_child(tmp_path: Path) -> None:
    chance, whole, path = random.Random(6), _a_full_file(), tmp_path / "damaged.jpg"
    for _ in range(150):
        path.write_bytes(_damaged(whole, chance))
        try:
            load_pictures(path)
        except UnusableInput as answer:
            assert "decoder fail" not in answer.problem  # noqa: PT017
