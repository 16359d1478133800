"""Traits of files and prints of pictures, drawn: the shapes that the vocabulary allows."""

from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from models.file_traits import (
    Container,
    ContentCredentials,
    FileTraits,
    JpegTraits,
    PdfTraits,
    Program,
    ProgramKind,
    Thumbnail,
)
from models.fingerprint import DocumentFingerprint, Likeness, Part, PartPrint
from models.footage_print import FootageLikeness, FootageMoment, FootagePrint

_LINE = st.text("Aß é-.7", min_size=1, max_size=60)
_LINES = st.lists(_LINE, max_size=3).map(tuple)
_COUNT = st.integers(0, 10_000)
_SHARE = st.floats(0, 1)
_PART = st.sampled_from(Part)


def _words(count: int) -> st.SearchStrategy[str]:
    return st.integers(0, (1 << 64 * count) - 1).map(lambda bits: f"{bits:0{16 * count}x}")


_PROGRAM = st.builds(Program, name=_LINE, kind=st.sampled_from(ProgramKind), said_in=_LINE)
_JPEG = st.builds(
    JpegTraits,
    tables=_words(1),
    quality=st.integers(1, 100),
    standard_tables=st.booleans(),
    subsampling=_LINE,
    scans=_COUNT,
    progressive=st.booleans(),
)
_THUMBNAIL = st.builds(
    Thumbnail,
    same_shape=st.booleans(),
    difference=st.floats(0, 255),
    at=st.tuples(_SHARE, _SHARE, _SHARE, _SHARE),
)
_CREDENTIALS = st.builds(
    ContentCredentials, claim_generators=_LINES, actions=_LINES, source_types=_LINES
)
_PDF = st.builds(PdfTraits, updates=_COUNT)
_PRINT = st.builds(PartPrint, bits=_words(2), sure=_words(2))

_MOMENT = st.builds(FootageMoment, seconds=st.floats(0, 60), bits=_words(1), sure=_words(1))

FILE_STRATEGIES: dict[type[BaseModel], st.SearchStrategy[Any]] = {
    Program: _PROGRAM,
    JpegTraits: _JPEG,
    Thumbnail: _THUMBNAIL,
    ContentCredentials: _CREDENTIALS,
    PdfTraits: _PDF,
    FileTraits: st.builds(
        FileTraits,
        container=st.sampled_from(Container),
        camera=st.none() | _LINE,
        programs=st.lists(_PROGRAM, max_size=3).map(tuple),
        jpeg=st.none() | _JPEG,
        thumbnail=st.none() | _THUMBNAIL,
        credentials=st.none() | _CREDENTIALS,
        edit_steps=_COUNT,
        ai_declared=st.booleans(),
        pdf=st.none() | _PDF,
        broken=_LINES,
    ),
    PartPrint: _PRINT,
    DocumentFingerprint: st.builds(
        DocumentFingerprint,
        file=st.text(max_size=20),
        page=st.integers(1, 20),
        prints=st.dictionaries(_PART, st.lists(_PRINT, min_size=1, max_size=3).map(tuple)),
        absent=st.dictionaries(_PART, _LINE),
        tables=st.none() | _words(1),
    ),
    FootageMoment: _MOMENT,
    FootagePrint: st.builds(
        FootagePrint,
        file=st.text(max_size=20),
        moments=st.lists(_MOMENT, max_size=3).map(tuple),
        absent=st.none() | _LINE,
    ),
    FootageLikeness: st.builds(
        FootageLikeness,
        later=st.floats(-60, 60),
        mirrored=st.booleans(),
        moments=_COUNT,
        distance=_SHARE,
        alike_to=_SHARE,
    ),
    Likeness: st.builds(Likeness, part=_PART, distance=_SHARE, common=_COUNT, alike_to=_SHARE),
}
