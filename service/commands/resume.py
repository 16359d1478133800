"""`bonafide resume`: a résumé as draft claims, and what a person should look at first."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from models.draft_claims import ReadLine
from service.commands.answers import Answer, answer_each
from verifiers.resume.reading import load_resume

EXAMPLES = (
    "Examples: [b]bonafide resume cv.pdf[/b] · "
    "[b]bonafide resume --json cv.docx | jq .claims > claims.json[/b]"
)


def run(
    files: Annotated[list[Path], typer.Argument(help="Résumés as PDF or DOCX.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Read a résumé (PDF or DOCX) into draft claims for a person to confirm.

    A value that is not written is absent, and what could not be read surely is said. Nothing is
    stored.
    """

    def work(path: Path) -> Iterator[Answer]:
        draft = load_resume(path)
        yield draft.model_dump(mode="json", by_alias=True, exclude_none=True) | {"problem": None}

    def otherwise() -> Answer:
        empty: Answer = {"claims": None, "read": [], "unsure": [], "unread_lines": []}
        return empty | {"warnings": [], "text": [], "problem": None}

    answer_each("resume", files, work, otherwise, _show, as_json=as_json)


def _show(answer: Answer) -> str:
    if answer["problem"]:
        return f"  {escape(answer['problem'])}"
    told = [escape(json.dumps(answer["claims"], ensure_ascii=False, indent=2))]
    told += [f"  {escape(warning)}" for warning in answer["warnings"]]
    told += [
        f"  unsure: {escape(one['note'])}" + (_place(one["at"]) if "at" in one else "")
        for one in answer["unsure"]
    ]
    told += [f"  not read:{_place(line)}" for line in answer["unread_lines"]]
    return "\n".join(told)


def _place(line: Answer) -> str:
    at = ReadLine.model_validate(line)
    return f" page {at.page}, line {at.line}: {escape(at.text)}"
