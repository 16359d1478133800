"""Passwords: Argon2id (RFC 9106), and the few rules that help against guessing.

The rules follow NIST SP 800-63B-4 §3.1.1.2: a length, no composition ("one digit, one sign"), no
periodic change, Unicode welcome. Where an address has no account the same work is done all the
same, so that the time of an answer does not tell who has one.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from secrets import token_urlsafe
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

SHORTEST = 12
LONGEST = 256
"""Characters. More than anybody types, and little enough to hash in no time."""
_FEWEST_DISTINCT = 5
"""Different characters: `aaaaaaaaaaaa` is long and no secret."""

_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_AT_ONCE = BoundedSemaphore(4)
"""Each takes 64 MiB: a crowd of sign-ins must wait its turn, not fill the memory."""


class WeakPassword(Exception):
    """A new password that is not taken; the message says why, for whoever chose it."""


@dataclass(frozen=True)
class Checked:
    """Whether a password was right, and what to store instead of the hash it was checked by."""

    right: bool
    renewed_hash: str | None = None
    """Where the stored hash was made with weaker parameters than today's."""


def hash_new_password(password: str, email: str) -> str:
    """The hash to store of a password that somebody chose. Raises `WeakPassword`."""
    chosen = _normal(password)
    if len(chosen) < SHORTEST:
        raise WeakPassword(f"Choose at least {SHORTEST} characters; several words do well.")
    if len(chosen) > LONGEST:
        raise WeakPassword(f"Choose at most {LONGEST} characters.")
    address = _normal(email).casefold()
    if chosen.casefold() in (address, address.partition("@")[0]):
        raise WeakPassword("The e-mail address is the first thing others would try.")
    if len(set(chosen)) < _FEWEST_DISTINCT:
        raise WeakPassword(f"Choose at least {_FEWEST_DISTINCT} different characters.")
    return _hash(chosen)


def check_password(password: str, stored_hash: str | None) -> Checked:
    """Compare a password with what is stored; `None` where there is no such account."""
    said = _normal(password[: LONGEST + 1])
    try:
        with _AT_ONCE:
            _HASHER.verify(stored_hash or _hash_of_nobody(), said)
    except (VerificationError, InvalidHashError):
        return Checked(False)
    if stored_hash is None:
        return Checked(False)
    return Checked(True, _hash(said) if _HASHER.check_needs_rehash(stored_hash) else None)


def _hash(password: str) -> str:
    with _AT_ONCE:
        return _HASHER.hash(password)


@cache
def _hash_of_nobody() -> str:
    return _HASHER.hash(token_urlsafe(32))


def _normal(text: str) -> str:
    """The same password from every keyboard: an "é" may arrive as one character or as two."""
    return unicodedata.normalize("NFKC", text)
