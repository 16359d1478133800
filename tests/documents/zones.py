"""Data of unremarkable documents for `mrz_build.build`, and how to spoil a built zone."""


def a_passport(**fields: str) -> dict[str, str]:
    """An unremarkable passport, with these fields instead."""
    return {
        "document_code": "P",
        "issuing_state": "NLD",
        "primary_identifier": "DE VRIES",
        "secondary_identifier": "WILLEKE",
        "document_number": "SPECI2014",
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
