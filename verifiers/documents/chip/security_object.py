"""EF.SOD: the hashes of all data groups, signed by the document signer (9303-10 §4.6.2)."""

from dataclasses import dataclass

from verifiers.documents.chip.asn1 import LDS_SECURITY_OBJECT, LdsSecurityObject, parse, parsing
from verifiers.documents.chip.hashes import Hash, UnknownHash, hash_named
from verifiers.documents.chip.signed_data import SignedData, read_signed_data
from verifiers.documents.chip.tlv import Malformed, read_values

TAG = 0x77


@dataclass(frozen=True, eq=False)
class SecurityObject:
    """What EF.SOD states, and who signed it."""

    version: int
    """0, or 1 with the versions of the data structure inside."""
    hash: Hash | str
    """Of the data groups; or why it cannot be computed."""
    hashes: dict[int, bytes]
    """By the number of the data group."""
    lds_version: str | None
    signed: SignedData
    oddities: tuple[str, ...]


def read_security_object(file: bytes) -> SecurityObject:
    """Read EF.SOD, with its tag or, as some apps store it, without.

    Raises:
        Malformed: it is none.
    """
    tagged = file.startswith(bytes([TAG]))
    data = next(read_values(file)).value if tagged else file
    signed = read_signed_data(data)
    if signed.content_type != LDS_SECURITY_OBJECT:
        raise Malformed("signs something else than the data of a travel document")
    content = parse(LdsSecurityObject, signed.content)
    with parsing():
        hashes = {h["number"].native: h["value"].native for h in content["hashes"]}
        if len(hashes) != len(content["hashes"]) or not all(1 <= n <= 16 for n in hashes):
            raise Malformed("states hashes of data groups that there are not")
        version = content["version"].native
        if version not in (0, 1):
            raise Malformed("is of a version that 9303-10 does not have")
        lds = content["lds_version"]
        lds_version = lds["lds_version"].native if lds.native else None
        algorithm = content["hash_algorithm"]["algorithm"].native
    oddities = list(signed.oddities)
    if not tagged:
        oddities.append("EF.SOD was stored without its tag")
    return SecurityObject(
        version=version,
        hash=_hash(algorithm),
        hashes=hashes,
        lds_version=lds_version,
        signed=signed,
        oddities=tuple(oddities),
    )


def _hash(algorithm: str) -> Hash | str:
    try:
        return hash_named(algorithm)
    except UnknownHash as unknown:
        return unknown.problem
