"""A résumé becomes a draft that says what is written, where it stood, and what was not sure."""

import io
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from models.draft_claims import Draft
from samples.pdf_pages import Text, pdf
from samples.resumes import LAYOUTS, as_docx, as_pdf
from tests.resume.careers import ANNA, CAREERS, Resume
from verifiers.resume.draft import draft_of
from verifiers.resume.reading import LARGEST_BYTES, read_resume
from verifiers.resume.text import text_lines
from verifiers.unusable import Refusal, UnusableInput


def draft(data: bytes) -> Draft:
    """What the child would answer."""
    return draft_of(text_lines(io.BytesIO(data)))


def written(*lines: str) -> Draft:
    """The draft of a page with these lines."""
    return draft(pdf([[Text(text, 50, 60 + 16 * at) for at, text in enumerate(lines)]]))


@pytest.mark.parametrize("write", [as_pdf, as_docx])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("career", CAREERS, ids=lambda one: one["basics"]["name"])
def test_every_layout_gives_back_what_was_set(career: Resume, layout: str, write: object) -> None:
    assert callable(write)
    claims = draft(write(career, layout)).claims.model_dump(
        mode="json", by_alias=True, exclude_none=True
    )
    fields = ("position", "name", "startDate", "endDate")
    told = [{name: job.get(name) for name in fields} for job in claims["work"]]
    assert told == [{name: job.get(name) for name in fields} for job in career["work"]]
    names = ("institution", "studyType", "area", "startDate", "endDate")
    told = [{name: one.get(name) for name in names} for one in claims["education"]]
    assert told == [{name: one.get(name) for name in names} for one in career["education"]]
    assert claims["basics"]["name"] == career["basics"]["name"]
    assert claims["basics"]["email"] == career["basics"]["email"]
    assert claims["basics"].get("phone") == career["basics"].get("phone")


def test_each_value_names_the_line_it_stood_on_and_is_written_there() -> None:
    read = draft(as_pdf(ANNA, LAYOUTS[1]))
    lines = {(line.page, line.line): line.text for line in read.text}
    assert len(read.read) > 15
    for one in read.read:
        assert lines[one.at.page, one.at.line] == one.at.text
        if one.value and "Date" not in one.field and "summary" not in one.field:
            assert one.value in one.at.text
    present = next(one for one in read.read if one.field == "work[0].endDate")
    assert present.value is None
    assert present.at.text.endswith("present")


def test_what_cannot_be_told_surely_is_left_out_and_listed() -> None:
    read = written("Ada Example", "Experience", "Tessellate | Orrery | 2015 - 2018")
    (job,) = read.claims.work
    assert (job.name, job.position) == (None, None)
    assert (str(job.start), str(job.end)) == ("2015", "2018")
    assert any("could not be told surely" in one.note for one in read.unsure)


def test_a_birth_date_is_taken_only_where_it_is_labelled_and_sure() -> None:
    assert str(
        written("Ada Example", "Date of birth: 17 April 1990").claims.identity.birth_date
    ) == ("1990-04-17")
    assert written("Ada Example", "17 April 1990").claims.identity.birth_date is None
    either = written("Ada Example", "Date of birth: 03/04/1990")
    assert either.claims.identity.birth_date is None
    assert any("birth date" in one.note for one in either.unsure)


def test_the_addresses_of_references_are_not_the_candidates() -> None:
    read = written(
        "Ada Example",
        "ada@mail.example",
        "References",
        "Bo Boss",
        "bo@firm.example, +46 8 123 456 78",
    )
    assert read.claims.all_emails == ("ada@mail.example",)
    assert read.claims.all_phones == ()


def test_half_an_address_that_was_broken_in_two_is_not_taken() -> None:
    assert written("Ada Example", "ada-", "maria@mail.example").claims.all_emails == ()


def test_a_year_in_a_story_is_no_position() -> None:
    read = written(
        "Ada Example",
        "Experience",
        "Engineer, Acme Ltd    Jan 2015 - Mar 2018",
        "\u2022 Cut the cost by a third between 2016 and",
        "2017, and wrote about it.",
    )
    assert [str(job.start) for job in read.claims.work] == ["2015-01"]


def test_languages_spoken_and_a_photograph_leave_nothing_in_the_claims() -> None:
    plain = written("Ada Example", "Experience", "Engineer, Acme Ltd    2015 - 2018")
    more = written(
        "Ada Example",
        "Experience",
        "Engineer, Acme Ltd    2015 - 2018",
        "Languages",
        "Norwegian (native), English",
        "Nationality: Norwegian",
    )
    assert plain.claims == more.claims


def _scan() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 600), "white").save(out, "PDF")
    return out.getvalue()


def test_a_scan_is_said_to_be_a_picture() -> None:
    with pytest.raises(Refusal, match="no text: it is a picture"):
        draft(_scan())


def test_a_pdf_of_too_many_pages_is_refused_whole() -> None:
    with pytest.raises(Refusal, match="21 pages; at most 20"):
        draft(pdf([[Text("Ada Example", 50, 60)]] * 21))
    assert draft(pdf([[Text("Ada Example", 50, 60)]] * 20)).claims.full_name


def _docx_with(part: str, data: bytes) -> bytes:
    out, whole = io.BytesIO(), io.BytesIO(as_docx(ANNA, LAYOUTS[0]))
    with zipfile.ZipFile(whole) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, data if name == part else before.read(name))
        if part not in before.namelist():
            after.writestr(part, data)
    return out.getvalue()


def test_a_docx_that_unpacks_to_gigabytes_or_declares_entities_is_refused() -> None:
    bomb = _docx_with("word/media/image1.png", bytes(70_000_000))
    assert len(bomb) < 200_000
    with pytest.raises(Refusal, match="unpacks to more than 60 MB"):
        draft(bomb)
    xml = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
    for encoded in (xml, xml.decode().encode("utf-16")):
        with pytest.raises(Refusal, match="declares XML entities"):
            draft(_docx_with("word/document.xml", encoded))


def test_text_boxes_headers_and_content_in_tables_within_tables_are_read() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "ada@mail.example"
    outer = document.add_table(rows=1, cols=1).rows[0].cells[0]
    outer.add_table(rows=1, cols=1).rows[0].cells[0].text = "Ada Example"
    out = io.BytesIO()
    document.save(out)
    assert [line.text for line in draft(out.getvalue()).text] == ["ada@mail.example", "Ada Example"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty"),
        (b"x" * (LARGEST_BYTES + 1), "at most 10.0 MB are read"),
        (b"\xff\xd8\xff\xe0 a photograph", "a picture has no text"),
        (b"PK\x03\x04 and no more", "damaged"),
    ],
)
def test_a_file_that_is_no_resume_gets_one_clear_answer(data: bytes, problem: str) -> None:
    with pytest.raises(UnusableInput) as refused:
        read_resume("cv.pdf", data)
    assert problem in refused.value.problem
    assert refused.value.action


def test_the_child_answers_with_the_same_draft() -> None:
    data = as_docx(ANNA, LAYOUTS[2])
    assert read_resume("cv.docx", data) == draft(data)


_WHOLE = (as_pdf(ANNA, LAYOUTS[1]), as_docx(ANNA, LAYOUTS[1]))


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(_WHOLE), st.integers(0, 4000), st.binary(max_size=40), st.booleans())
def test_whatever_bytes_come_the_answer_is_a_draft_or_a_refusal(
    whole: bytes, at: int, noise: bytes, cut: bool
) -> None:
    at = at % len(whole)
    data = whole[:at] + noise + (b"" if cut else whole[at + len(noise) :])
    try:
        answer: Draft | Refusal = draft(data)
    except Refusal as refusal:
        answer = refusal
    assert isinstance(answer, Draft) or answer.action


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=12))
def test_whatever_is_written_makes_a_draft_whose_values_are_in_the_text(lines: list[str]) -> None:
    document = Document()
    for line in ["Experience", *lines]:
        document.add_paragraph("".join(c for c in line if c.isprintable()))
    out = io.BytesIO()
    document.save(out)
    read = draft(out.getvalue())
    for one in read.read:
        assert one.at in read.text
