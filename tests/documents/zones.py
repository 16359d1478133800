"""Published zones, zones in one line with `mrz_build.build`, and how to spoil a built one."""

from datetime import date

from models.document import FieldStatus, Mrz, MrzText
from models.finding import Region
from verifiers.documents.mrz import format_of

TODAY = date(2026, 6, 1)

TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
MRV_A = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
)
MRV_B = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")
EXAMPLES_OF_9303 = {"TD3": TD3, "TD1": TD1, "TD2": TD2, "MRV-A": MRV_A, "MRV-B": MRV_B}


def a_passport(**fields: str) -> dict[str, str]:
    """An unremarkable passport, with these fields instead."""
    return {
        "document_code": "P",
        "issuing_state": "NLD",
        "primary_identifier": "DE VRIES",
        "secondary_identifier": "WILLEKE",
        "document_number": "SPERI2014",
        "nationality": "NLD",
        "birth_date": "650310",
        "sex": "F",
        "expiry_date": "340309",
    } | fields


def a_card(**fields: str) -> dict[str, str]:
    """An unremarkable identity card, with these fields instead."""
    return a_passport(document_code="I") | fields


def changed(lines: tuple[str, ...], line: int, column: int, to: str) -> tuple[str, ...]:
    """The lines with characters replaced from one place on."""
    old = lines[line]
    new = old[:column] + to + old[column + len(to) :]
    return (*lines[:line], new, *lines[line + 1 :])


def read_unsurely(lines: tuple[str, ...], *unsure: tuple[int, int]) -> MrzText:
    """What a reader gives that is not sure of these places."""
    format = format_of(lines)
    assert format is not None
    rows, columns = format.shape
    return MrzText(
        format=format,
        lines=lines,
        confidence=((1.0,) * columns,) * rows,
        unsure=unsure,
        region=Region.box(0, 0, 1000, 90),
    )


def status(mrz: Mrz, name: str) -> FieldStatus:
    return mrz.fields[name].status
