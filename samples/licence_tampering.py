"""What forgers do to a licence's barcode and front, each as a small named alteration."""

from collections.abc import Callable
from dataclasses import dataclass

from samples.licence_payload import Cardholder, payload

Alter = Callable[[dict[str, str], str], tuple[dict[str, str], str]]
"""The printed words by field and the barcode's text, before and after."""


@dataclass(frozen=True, eq=False)
class LicenceTampering:
    """One alteration: its kind, one sentence of what was done, and how it is done."""

    kind: str
    story: str
    alter: Alter


def barcode_of(other: Cardholder, version: int = 10) -> LicenceTampering:
    """The barcode is another person's; the front keeps the holder's data."""
    return LicenceTampering(
        "barcode_of_another",
        f"the barcode is that of {other.first} {other.family}",
        lambda words, _: (words, payload(other, version)),
    )


def printed_as(holder: Cardholder, *, version: int = 10, **values: str) -> LicenceTampering:
    """The front was reprinted with these values; the barcode keeps those of the holder."""
    said = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in values.items())
    return LicenceTampering(
        "reprinted_front",
        f"the front was changed to {said}",
        lambda words, _: (words | values, payload(holder, version)),
    )
