"""What forgers do to a document, each as a small named alteration of a specimen's artwork."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from samples import artwork, mrz_lines
from samples.artwork import Artwork
from samples.holder import printed_date
from samples.mrz_lines import Format
from samples.portraits import Portrait


@dataclass(frozen=True, eq=False)
class Tampering:
    """One alteration: its kind, one sentence of what was done, and how it is done."""

    kind: str
    story: str
    alter: Callable[[Artwork], Artwork]


def printed_birth_date(forged: date) -> Tampering:
    """The birth date in the printed zone is replaced; the MRZ keeps the true one."""
    return _reprinted("printed_birth_date", birth_date=printed_date(forged))


def printed_name(surname: str, given_names: str) -> Tampering:
    """The name in the printed zone is replaced; the MRZ keeps the true one."""
    return _reprinted("printed_name", surname=surname, given_names=given_names)


def printed_number(forged: str) -> Tampering:
    """The document number in the printed zone is replaced; the MRZ keeps the true one."""
    return _reprinted("printed_number", document_number=forged)


def wrong_check_digit() -> Tampering:
    """The check digit of the birth date in the MRZ is printed one too high.

    A composite check digit stays as it was, and so no longer fits either.
    """

    def alter(honest: Artwork) -> Artwork:
        line, place = _BIRTH_DATE_CHECK_DIGIT[honest.format]
        old = honest.mrz[line]
        digit = str((int(old[place]) + 1) % 10)
        forged = old[:place] + digit + old[place + 1 :]
        return replace(honest, mrz=(*honest.mrz[:line], forged, *honest.mrz[line + 1 :]))

    return Tampering(
        "wrong_check_digit", "the check digit of the MRZ's birth date does not fit", alter
    )


def mrz_birth_date(forged: date) -> Tampering:
    """The MRZ says another birth date, every check digit recomputed; the print keeps the true."""

    def alter(honest: Artwork) -> Artwork:
        holder = replace(honest.holder, birth_date=forged)
        return replace(honest, mrz=mrz_lines.lines(holder, honest.format))

    return Tampering(
        "mrz_birth_date", f"the MRZ says {printed_date(forged)}, with fitting check digits", alter
    )


def swapped_portrait(other: Portrait) -> Tampering:
    """Another person's picture is put in the place of the holder's; a ghost stays as it was."""
    return Tampering(
        "swapped_portrait",
        "the portrait is another person's",
        lambda honest: replace(honest, portrait=other),
    )


def expired(on: date) -> Tampering:
    """Not a forgery: the document ran out on that day, and says so in both zones."""

    def alter(honest: Artwork) -> Artwork:
        issued = on.replace(year=on.year - 10, day=min(on.day, 28))
        holder = replace(honest.holder, issue_date=issued, expiry=on)
        shown = honest.ghost is not None
        return artwork.honest(holder, honest.format, honest.portrait, ghost=shown)

    return Tampering("expired", f"the document expired on {printed_date(on)}", alter)


def _reprinted(kind: str, **values: str) -> Tampering:
    said = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in values.items())
    return Tampering(
        kind,
        f"the printed zone was changed to {said}",
        lambda honest: replace(honest, printed=honest.printed | values),
    )


_BIRTH_DATE_CHECK_DIGIT: dict[Format, tuple[int, int]] = {
    "TD1": (1, 6),
    "TD2": (1, 19),
    "TD3": (1, 19),
    "MRV-A": (1, 19),
    "MRV-B": (1, 19),
}
