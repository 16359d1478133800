"""Hash functions of travel documents, and how old each is (FIPS 180-4, 9303-12 §4.4)."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Hash:
    """One hash function."""

    name: str
    """As people write it: `SHA-256`."""
    key: str
    """As hashlib and asn1crypto write it."""
    age: str
    old: bool
    """Whether 9303-12 no longer has it for what is signed today."""

    def digest(self, *parts: bytes) -> bytes:
        """The hash of these parts, one after the other."""
        state = hashlib.new(self.key)
        for part in parts:
            state.update(part)
        return state.digest()


SHA1 = Hash(
    "SHA-1",
    "sha1",
    "SHA-1 is of 1995; since 2017 two contents with one hash can be made, but none for the hash of "
    "another",
    old=True,
)
_ALL = (
    SHA1,
    Hash("SHA-224", "sha224", "SHA-224 is of 2004, in use", old=False),
    Hash("SHA-256", "sha256", "SHA-2 is of 2002, in use", old=False),
    Hash("SHA-384", "sha384", "SHA-2 is of 2002, in use", old=False),
    Hash("SHA-512", "sha512", "SHA-2 is of 2002, in use", old=False),
)
HASHES = {hash.key: hash for hash in _ALL}
"""By the names of hashlib and asn1crypto: those that 9303 has or had."""

BROKEN = {
    "md2": "MD2, of 1989, was broken in 2004",
    "md5": "MD5, of 1992, was broken in 2004",
}
"""Functions that other documents than a person's own were made for."""


class UnknownHash(Exception):
    """A hash function that 9303 never had; `problem` says which."""

    def __init__(self, key: str) -> None:
        self.problem = BROKEN.get(key, f"{key[:60]} is no hash function of ICAO 9303")
        super().__init__(self.problem)


def hash_named(key: str) -> Hash:
    """The function of this name; raises `UnknownHash`."""
    if key not in HASHES:
        raise UnknownHash(key)
    return HASHES[key]
