"""Résumés: how much of each field is read, and how much of what is read is right.

`python -m bench.resume` sets generated careers in our own layouts (`samples.resumes`, PDF and DOCX)
and, where Chromium is installed, in seven others that were drawn up after the reader, those of
`resume_layouts`. A value counts as right where it is the same but for case, spaces and punctuation
at its ends; entries belong together by their start. Precision is of the values given, recall of
those that are printed.
"""

import io
import os
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.resume_layouts import LAYOUTS, career
from models.draft_claims import Draft
from samples.resumes import LAYOUTS as OURS
from samples.resumes import as_docx, as_pdf
from verifiers.resume.draft import draft_of
from verifiers.resume.text import text_lines
from verifiers.unusable import Refusal

FIELDS = (
    *("employer", "title", "job start", "job end"),
    *("institution", "degree", "course start", "course end", "e-mail", "name"),
)
_CAREERS = 12
_FIRST_SEED = 100
_JOB = {"employer": "name", "title": "position", "job start": "startDate", "job end": "endDate"}
_COURSE = {
    "institution": "institution",
    "degree": "studyType",
    "course start": "startDate",
    "course end": "endDate",
}


@dataclass
class Tally:
    """How many values are printed, given, and right."""

    printed: int = 0
    given: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)


def measure(first_seed: int = _FIRST_SEED) -> dict[str, dict[str, Any]]:
    """By layout, the tallies of all fields and the seconds a file."""
    tallies: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    seconds: dict[str, list[float]] = defaultdict(list)
    for layout, truth, data in _files(first_seed):
        began = time.perf_counter()
        try:
            draft = draft_of(text_lines(io.BytesIO(data)))
        except Refusal as refusal:
            sys.exit(f"{layout}: {refusal.problem}")
        seconds[layout].append(time.perf_counter() - began)
        _compare(tallies[layout], truth, draft)
    return {
        layout: {"fields": of, "seconds": round(sum(seconds[layout]) / len(seconds[layout]), 3)}
        for layout, of in tallies.items()
    }


def _files(first_seed: int) -> Iterator[tuple[str, dict[str, Any], bytes]]:
    careers = [career(first_seed + place) for place in range(_CAREERS)]
    for layout in OURS:
        for kind, write in (("PDF", as_pdf), ("DOCX", as_docx)):
            for one in careers:
                yield f"ours: {layout}, {kind}", one, write(one, layout)
    program = shutil.which("chromium")
    if program is None:
        print("Chromium is not installed: other layouts are not measured.")
        return
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        page = browser.new_page()
        for layout, write_page in LAYOUTS.items():
            for one in careers:
                page.set_content(write_page(one))
                yield layout, _as_printed(one, layout), page.pdf(format="A4")
        browser.close()


def _as_printed(resume: dict[str, Any], layout: str) -> dict[str, Any]:
    """Two layouts print the years of courses alone."""
    if layout not in ("exported profile", "one-liners"):
        return resume
    years = {"startDate", "endDate"}
    courses = [
        {name: value[:4] if name in years else value for name, value in one.items()}
        for one in resume["education"]
    ]
    return resume | {"education": courses}


def _compare(tallies: dict[str, Tally], truth: dict[str, Any], draft: Draft) -> None:
    said = draft.claims.model_dump(mode="json", by_alias=True, exclude_none=True)
    for name, key in (("e-mail", "email"), ("name", "name")):
        _count(tallies[name], truth["basics"].get(key), said["basics"].get(key))
    for part, fields in (("work", _JOB), ("education", _COURSE)):
        left = list(said.get(part, ()))
        for printed in truth[part]:
            found = next((e for e in left if e.get("startDate") == printed["startDate"]), None)
            if found is not None:
                left.remove(found)
            for name, key in fields.items():
                _count(tallies[name], printed.get(key), (found or {}).get(key))
        for surplus in left:
            for name, key in fields.items():
                _count(tallies[name], None, surplus.get(key))


def _count(tally: Tally, printed: str | None, given: str | None) -> None:
    tally.printed += printed is not None
    tally.given += given is not None
    right = printed is not None and given is not None and _same(printed, given)
    tally.right += right
    if given is not None and not right:
        tally.wrong.append(f"{given!r} for {printed!r}")


def _same(a: str, b: str) -> bool:
    return " ".join(a.casefold().split()).strip(" .,") == " ".join(b.casefold().split()).strip(
        " .,"
    )


def print_table(answers: dict[str, dict[str, Any]], *, mistakes: bool = False) -> None:
    """Recall and precision in per cent by layout and field."""
    print(f"{'recall/precision, %':32}" + "".join(f"{name:>13}" for name in FIELDS))
    for group in ("ours", ""):
        chosen = {k: v for k, v in answers.items() if k.startswith("ours") == (group == "ours")}
        if not chosen:
            continue
        whole: dict[str, Tally] = defaultdict(Tally)
        for layout, answer in chosen.items():
            print(f"{layout:32}" + "".join(_cell(answer["fields"][name]) for name in FIELDS))
            for name in FIELDS:
                one, total = answer["fields"][name], whole[name]
                total.printed += one.printed
                total.given += one.given
                total.right += one.right
                if mistakes and one.wrong:
                    print(f"    {name}: {'; '.join(one.wrong[:4])}")
        title = "all of ours" if group else "all others"
        print(f"{title:32}" + "".join(_cell(whole[name]) for name in FIELDS))
    slowest = max(answer["seconds"] for answer in answers.values())
    print(f"Seconds a file, without the start of its process: at most {slowest:.2f} by layout.")


def _cell(tally: Tally) -> str:
    recall = 100 * tally.right / tally.printed if tally.printed else 100.0
    precision = 100 * tally.right / tally.given if tally.given else 100.0
    return f"{recall:7.0f}/{precision:3.0f}  "


if __name__ == "__main__":
    print_table(measure(), mistakes="mistakes" in sys.argv[1:])
