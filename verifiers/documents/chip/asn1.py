"""The ASN.1 of travel documents beyond what X.509 and CMS have: ICAO 9303-10, 9303-11, 9303-12.

asn1crypto parses as it is asked, so that any look at a structure may find it broken: whoever looks
does so within `parsing`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from asn1crypto import (  # type: ignore[import-untyped]
    algos,
    cms,
    core,
    crl,
    keys,
    pem,
    x509,
)

from verifiers.documents.chip.tlv import MOST_VALUES_OF_LIST, Malformed, refuse_unbounded

__all__ = ["algos", "cms", "core", "crl", "keys", "pem", "x509"]

LDS_SECURITY_OBJECT = "2.23.136.1.1.1"
CSCA_MASTER_LIST = "2.23.136.1.1.2"
MASTER_LIST_SIGNER = "2.23.136.1.1.3"

_BROKEN = (
    *(ValueError, TypeError, KeyError, IndexError, OverflowError, AttributeError, RecursionError),
)
"""What asn1crypto raises on data that breaks its structure."""


class LdsVersion(core.Sequence):  # type: ignore[misc]
    """9303-10 §4.6.2: `LDSVersionInfo`, from version 1 of the security object on."""

    _fields = [  # noqa: RUF012
        ("lds_version", core.PrintableString),
        ("unicode_version", core.PrintableString),
    ]


class DataGroupHash(core.Sequence):  # type: ignore[misc]
    """The hash of one data group."""

    _fields = [  # noqa: RUF012
        ("number", core.Integer),
        ("value", core.OctetString),
    ]


class DataGroupHashes(core.SequenceOf):  # type: ignore[misc]
    """The hashes of all data groups of a chip."""

    _child_spec = DataGroupHash


class LdsSecurityObject(core.Sequence):  # type: ignore[misc]
    """9303-10 §4.6.2: what the document signer signs."""

    _fields = [  # noqa: RUF012
        ("version", core.Integer),
        ("hash_algorithm", algos.DigestAlgorithm),
        ("hashes", DataGroupHashes),
        ("lds_version", LdsVersion, {"optional": True}),
    ]


class AnyOf(core.SetOf):  # type: ignore[misc]
    """Values of which each is looked at by itself."""

    _child_spec = core.Any


class MasterListContent(core.Sequence):  # type: ignore[misc]
    """9303-12 §9: `CscaMasterList`."""

    _fields = [  # noqa: RUF012
        ("version", core.Integer),
        ("certificates", AnyOf),
    ]


class SecurityInfo(core.Sequence):  # type: ignore[misc]
    """9303-11 §9.2: one thing that DG14 says of the chip's protocols."""

    _fields = [  # noqa: RUF012
        ("protocol", core.ObjectIdentifier),
        ("required", core.Any),
        ("optional", core.Any, {"optional": True}),
    ]


class SecurityInfos(core.SetOf):  # type: ignore[misc]
    """All of DG14."""

    _child_spec = SecurityInfo


@contextmanager
def parsing() -> Iterator[None]:
    """Turns what asn1crypto raises on broken data into `Malformed`."""
    try:
        yield
    except _BROKEN as error:
        # The parser's own words quote the data, which may be personal; only the kind is told.
        raise Malformed(f"is not built as it should be ({type(error).__name__})") from None


def parse_list(structure: type[Any], data: bytes) -> Any:
    """As `parse`, of a list that the operator supplies, which may be long."""
    refuse_unbounded(data, MOST_VALUES_OF_LIST)
    return _loaded(structure, data)


def parse(structure: type[Any], data: bytes) -> Any:
    """The structure in these bytes, which hold nothing else; its parts are parsed when asked for.

    Raises:
        Malformed: the bytes are no such structure.
    """
    refuse_unbounded(data)
    return _loaded(structure, data)


def _loaded(structure: type[Any], data: bytes) -> Any:
    with parsing():
        return structure.load(data, strict=True)
