"""Résumés as people send them: a JSON Resume set as PDF or DOCX in three layouts.

`one column` has the dates flush right, `two columns` contact and skills at the side, `table` the
dates in a column of their own, as German and Europass résumés do.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.shared import Pt

from samples.pdf_pages import HEIGHT, Text, pdf, width_of

Resume = dict[str, Any]
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LAYOUTS = ("one column", "two columns", "table")


def span(entry: Resume) -> str:
    """The dates as a résumé has them: "Jan 2019 – present"."""
    return (
        " – ".join(filter(None, (worded(entry.get("startDate")), worded(entry.get("endDate")))))
        if entry.get("endDate")
        else f"{worded(entry.get('startDate'))} – present"
    )


def worded(date: str | None) -> str:
    """A month as "Mar 2019"; a year as it is."""
    if not date:
        return ""
    year, _, month = date.partition("-")
    return f"{_MONTHS[int(month[:2]) - 1]} {year}" if month else year


def degree(entry: Resume) -> str:
    """Degree and subject: "BSc Computer science"."""
    return " ".join(filter(None, (entry.get("studyType"), entry.get("area"))))


def contact_lines(resume: Resume) -> list[str]:
    """How the candidate can be reached."""
    basics = resume.get("basics", {})
    urls = [profile.get("url") for profile in basics.get("profiles", [])]
    return [text for text in (basics.get("email"), basics.get("phone"), *urls) if text]


@dataclass
class _Page:
    """Pages that fill from the top."""

    pages: list[list[Text]]
    y: float = 60.0

    def line(self, *texts: Text, room: float = 14.0) -> None:
        if self.y > HEIGHT - 60:
            self.pages.append([])
            self.y = 60.0
        self.pages[-1] += [Text(t.text, t.x, self.y, t.size, t.bold) for t in texts]
        self.y += room


def as_pdf(resume: Resume, layout: str) -> bytes:
    """The résumé as a PDF with real text."""
    page = _Page([[]])
    _PDF[layout](page, resume)
    return pdf(page.pages)


def _right(text: str, bold: bool = False) -> Text:
    return Text(text, 545 - width_of(text, 10, bold=bold), 0, 10, bold)


def _one_column(page: _Page, resume: Resume) -> None:
    page.line(Text(resume["basics"]["name"], 50, 0, 20, True), room=20)
    page.line(Text("  |  ".join(contact_lines(resume)), 50, 0, 9), room=26)
    page.line(Text("Experience", 50, 0, 13, True), room=18)
    for job in resume.get("work", []):
        page.line(Text(job["position"], 50, 0, 10, True), _right(span(job)))
        page.line(Text(job["name"], 50, 0))
        for bullet in _told(job):
            page.line(Text(f"\u2022 {bullet}", 60, 0))
        page.y += 8
    page.line(Text("Education", 50, 0, 13, True), room=18)
    for course in resume.get("education", []):
        page.line(Text(course["institution"], 50, 0, 10, True), _right(span(course)))
        page.line(Text(degree(course), 50, 0), room=20)


def _two_columns(page: _Page, resume: Resume) -> None:
    side = [Text("Contact", 40, 0, 12, True)]
    side += [Text(text, 40, 0, 8) for text in contact_lines(resume)]
    side += [Text("Skills", 40, 0, 12, True)]
    side += [Text(skill["name"], 40, 0, 9) for skill in resume.get("skills", [])]
    page.line(Text(resume["basics"]["name"], 40, 0, 20, True), room=36)
    y = 96.0
    for text in side:
        page.pages[0].append(Text(text.text, text.x, y, text.size, text.bold))
        y += 15.5
    page.line(Text("Work Experience", 220, 0, 13, True), room=18)
    for job in resume.get("work", []):
        page.line(Text(f"{job['position']}, {job['name']}", 220, 0, 10, True))
        page.line(Text(span(job), 220, 0, 9))
        for bullet in _told(job):
            page.line(Text(f"\u2022 {bullet}", 230, 0, 9))
        page.y += 8
    page.line(Text("Education", 220, 0, 13, True), room=18)
    for course in resume.get("education", []):
        page.line(Text(f"{degree(course)}, {course['institution']}", 220, 0, 10, True))
        page.line(Text(span(course), 220, 0, 9), room=20)


def _table(page: _Page, resume: Resume) -> None:
    page.line(Text("Curriculum vitae", 50, 0, 12), room=24)
    page.line(Text("Name", 50, 0), Text(resume["basics"]["name"], 190, 0))
    for text in contact_lines(resume):
        page.line(Text("Contact", 50, 0), Text(text, 190, 0))
    page.y += 10
    page.line(Text("Employment", 50, 0, 12, True), room=18)
    for job in resume.get("work", []):
        page.line(
            Text(span(job), 50, 0), Text(f"{job['position']}, {job['name']}", 190, 0, 10, True)
        )
        for bullet in _told(job):
            page.line(Text(f"- {bullet}", 190, 0))
    page.y += 10
    page.line(Text("Education", 50, 0, 12, True), room=18)
    for course in resume.get("education", []):
        page.line(Text(span(course), 50, 0), Text(course["institution"], 190, 0, 10, True))
        page.line(Text(degree(course), 190, 0))


_PDF: dict[str, Callable[[_Page, Resume], None]] = dict(
    zip(LAYOUTS, (_one_column, _two_columns, _table), strict=True)
)


def _told(job: Resume) -> Iterator[str]:
    yield from (job.get("summary") or "").split("\n") if job.get("summary") else ()


def as_docx(resume: Resume, layout: str) -> bytes:
    """The résumé as a DOCX."""
    document = Document()
    if layout == "one column":
        _docx_paragraphs(document, resume)
    elif layout == "two columns":
        table = document.add_table(rows=1, cols=2)
        side, main = table.rows[0].cells
        side.paragraphs[0].add_run("Contact").bold = True
        for text in contact_lines(resume):
            side.add_paragraph(text)
        side.add_paragraph("Skills")
        for skill in resume.get("skills", []):
            side.add_paragraph(skill["name"])
        main.paragraphs[0].add_run(resume["basics"]["name"]).font.size = Pt(22)
        _docx_history(main, resume)
    else:
        _docx_table(document, resume)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _docx_paragraphs(document: Any, resume: Resume) -> None:
    document.add_heading(resume["basics"]["name"], 0)
    document.add_paragraph(" | ".join(contact_lines(resume)))
    document.add_heading("Professional Experience", 1)
    for job in resume.get("work", []):
        document.add_paragraph().add_run(f"{job['name']}\t{span(job)}").bold = True
        document.add_paragraph(job["position"])
        for bullet in _told(job):
            document.add_paragraph(bullet, style="List Bullet")
    document.add_heading("Education", 1)
    for course in resume.get("education", []):
        document.add_paragraph(f"{degree(course)}, {course['institution']} ({span(course)})")


def _docx_history(cell: Any, resume: Resume) -> None:
    cell.add_paragraph("Experience")
    for job in resume.get("work", []):
        cell.add_paragraph(job["position"])
        cell.add_paragraph(f"{job['name']} | {span(job)}")
        for bullet in _told(job):
            cell.add_paragraph(f"\u2022 {bullet}")
    cell.add_paragraph("Education")
    for course in resume.get("education", []):
        cell.add_paragraph(course["institution"])
        cell.add_paragraph(f"{degree(course)} | {span(course)}")


def _docx_table(document: Any, resume: Resume) -> None:
    document.add_paragraph(resume["basics"]["name"])
    for text in contact_lines(resume):
        document.add_paragraph(text)
    for heading, entries, first, second in (
        ("Employment history", resume.get("work", []), "position", "name"),
        ("Education", resume.get("education", []), "studyType", "institution"),
    ):
        document.add_paragraph(heading)
        table = document.add_table(rows=0, cols=2)
        for entry in entries:
            dates, told = table.add_row().cells
            dates.paragraphs[0].add_run(span(entry))
            title = degree(entry) if first == "studyType" else entry[first]
            told.paragraphs[0].add_run(title).bold = True
            told.add_paragraph(entry[second])
            for bullet in _told(entry):
                told.add_paragraph(bullet, style="List Bullet")
