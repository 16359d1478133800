"""`bonafide verify`: the whole pipeline on one candidate's evidence."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from models.named_face import FORM, NamedFace
from models.person import EarlierCapture
from models.policy import DEFAULT_POLICY
from models.request import requests_of
from models.stage import Stage
from models.verification import Verification
from service import console
from service.commands.answers import UNUSABLE_INPUT
from service.commands.candidate_at import named_face
from service.commands.opened import load_settings, told_unwritable
from service.report.write import write_report
from service.workflow.earlier import load_earlier
from service.workflow.pipeline import Order, Step, Submitted
from service.workflow.verifying import Engines, verify
from verifiers.imaging import UnusableInput

EXAMPLES = (
    "Example: [b]bonafide verify --document passport.jpg --footage interview.mp4 "
    "--claims resume.json --out report[/b]"
)


def run(
    document: Annotated[
        list[Path] | None,
        typer.Option(help="A picture or PDF of an identity document. Repeatable."),
    ] = None,
    chip: Annotated[
        list[Path] | None,
        typer.Option(
            help="A folder with the files of a document's chip, or one JSON with all. Repeatable."
        ),
    ] = None,
    master_list: Annotated[
        list[Path] | None,
        typer.Option(
            help="Whom to trust for chips: a master list, certificates, revocation lists, or a "
            "folder of them. Repeatable.",
            exists=True,
        ),
    ] = None,
    footage: Annotated[
        list[Path] | None,
        typer.Option(help="A recording or photograph of the candidate. Repeatable."),
    ] = None,
    candidate_at: Annotated[
        str | None,
        typer.Option(
            metavar=FORM,
            help="Who is the candidate, where several people are filmed: a moment of a recording, "
            "and a point on the face in shares of the frame's width and height, such as "
            "call.mp4@12.5:0.25,0.4. By default whoever agrees best with the document.",
        ),
    ] = None,
    claims: Annotated[
        Path | None, typer.Option(help="What the candidate claims: a JSON Resume.")
    ] = None,
    stage: Annotated[Stage, typer.Option(help="Where in the hiring.")] = Stage.INTERVIEW,
    earlier: Annotated[
        Path | None,
        typer.Option(help="report.json of an earlier verification (made with --keep-template)."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder to write report.html and report.json into.")
    ] = None,
    keep_template: Annotated[
        bool,
        typer.Option(
            "--keep-template",
            help="Keep the face templates in the report. Biometric data: only with consent.",
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the whole verification as JSON.")
    ] = False,
) -> None:
    """Verify one candidate: documents, footage and claims in, an explained verdict out."""
    submitted = Submitted(
        documents=tuple(document or ()),
        chips=tuple(_files(folder) for folder in chip or ()),
        footage=tuple(footage or ()),
        claims=claims,
    )
    if not (submitted.documents or submitted.chips or submitted.footage or submitted.claims):
        console.fail(
            "Nothing to verify. Give --document, --chip, --footage or --claims; see --help."
        )
        raise typer.Exit(UNUSABLE_INPUT)
    order = Order(
        submitted=submitted,
        stage=stage,
        policy=DEFAULT_POLICY,
        now=datetime.now(UTC),
        earlier=_captures(earlier),
        candidate_at=_named(candidate_at, submitted.footage),
        keep_template=keep_template,
        chip_lists=tuple(master_list or ()),
        weights=load_settings().weights_folder,
    )
    files = sum(map(len, (submitted.documents, submitted.chips, submitted.footage)))
    files += bool(submitted.claims)
    with console.progress("verify", files + len(Step)) as advance:
        verification, shown = verify(order, Engines.default(order.weights), advance)
        report = None
        if out:
            with told_unwritable(out):
                report = write_report(verification, shown, out)
    if as_json:
        console.out.print(verification.model_dump_json(), markup=False)
    else:
        console.out.print(summary(verification))
        if report:
            console.out.print(f"  report   {escape(str(report))}")
        else:
            console.out.print("  --out FOLDER writes the report with its pictures.", style="dim")
    if any(file.problem for file in verification.evidence):
        raise typer.Exit(UNUSABLE_INPUT)


def _files(folder: Path) -> tuple[Path, ...]:
    """Of a folder its files. What is empty or does not exist is told of by whoever reads it."""
    files = sorted(f for f in folder.iterdir() if f.is_file()) if folder.is_dir() else []
    return tuple(files) or (folder,)


def _named(text: str | None, footage: tuple[Path, ...]) -> NamedFace | None:
    if text is None:
        return None
    try:
        return named_face(text, footage)
    except ValueError as error:
        console.fail(f"--candidate-at {text}: {error}.")
        raise typer.Exit(UNUSABLE_INPUT) from None


def _captures(report: Path | None) -> tuple[EarlierCapture, ...] | None:
    if report is None:
        return None
    try:
        return (load_earlier(report),)
    except UnusableInput as error:
        console.fail(str(error))
        raise typer.Exit(UNUSABLE_INPUT) from None


_STYLES = {"verified": "green", "needs_info": "yellow", "review": "magenta", "hold": "red"}


def summary(verification: Verification) -> str:
    """The verdict and its reasons in plain words, as console markup."""
    verdict = verification.verdict
    style = _STYLES[verdict.outcome.value]
    lines = [f"  verdict  [bold {style}]{verdict.outcome.value}[/] ({verdict.outcome.label})"]
    lines += [f"  note     {escape(note)}" for note in verification.notes]
    by_code = {finding.code: finding for finding in verification.findings}
    for reason in verdict.reasons:
        lines.append(f"  because  {escape(reason.text)}")
        lines += [
            f"           - {escape(by_code[code].for_recruiter)}"
            for code in reason.findings
            if code in by_code
        ]
    lines += [
        f"  problem  {escape(file.name)} {escape(file.problem)}"
        for file in verification.evidence
        if file.problem
    ]
    # Of two documents with the same fault the same is asked.
    asked = dict.fromkeys(request.text for request in requests_of(verification))
    lines += [f"  ask for  {escape(text)}" for text in asked]
    return "\n".join(lines)
