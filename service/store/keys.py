"""Keys and what they seal: AES-256-GCM (NIST SP 800-38D) under sub-keys derived by HKDF (RFC 5869).

One class serves three levels: the master key (from the operator) wraps tenant keys, a tenant key
wraps subject keys, a subject key seals what is kept about one person. Deleting a wrapped subject
key deletes everything that it sealed.

`about` names the place a value belongs to ("subject/<id>/order"). It is authenticated and not
stored: a sealed value that was moved to another row does not open there.
"""

import base64
import binascii
import contextlib
import hashlib
import hmac
import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32

# A sealed value: version, nonce, ciphertext, tag.
#
# The nonces are random, so one key may seal at most 2^32 messages (SP 800-38D §8.3). Subject keys
# seal the most: some dozens of rows, and blob records of 64 KiB each. A terabyte of evidence about
# one person would be 2^24 records. Tenant keys wrap one subject key per candidate.
_VERSION = b"\x01"
_NONCE_BYTES = 12
_TAG_BYTES = 16
SEAL_OVERHEAD_BYTES = len(_VERSION) + _NONCE_BYTES + _TAG_BYTES
"""How many bytes longer a sealed value is than the plain one."""


class Unopenable(Exception):
    """The wrong key, altered bytes, or another place's bytes: these cannot be told apart."""


class BadMasterKey(Exception):
    """The master key cannot be used; the message says what to do and never quotes the key."""


class Key:
    """32 secret bytes. Shows nothing of itself, and refuses to be pickled or copied.

    Sealing, wrapping and digesting each use a sub-key of their own: a sealed value can never be
    opened as a key, and a digest tells nothing about what is sealed.
    """

    __slots__ = ("_digest", "_raw", "_seal", "_wrap")

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise ValueError(f"A key has {KEY_BYTES} bytes, not {len(raw)}.")
        self._raw = bytes(raw)
        self._seal = AESGCM(_sub_key(self._raw, "seal"))
        self._wrap = AESGCM(_sub_key(self._raw, "wrap"))
        self._digest = _sub_key(self._raw, "digest")

    @classmethod
    def new(cls) -> "Key":
        """A fresh random key."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Key":
        """The key of these 32 bytes. Raises ValueError for any other length."""
        return cls(raw)

    def seal(self, plain: bytes, *, about: str) -> bytes:
        """`plain`, encrypted and bound to the place `about`; SEAL_OVERHEAD_BYTES longer."""
        return _encrypt(self._seal, plain, about)

    def open(self, sealed: bytes, *, about: str) -> bytes:
        """What `seal` was given. Raises Unopenable."""
        return _decrypt(self._seal, sealed, about)

    def wrap(self, key: "Key", *, about: str) -> bytes:
        """Another key, encrypted under this one and bound to the place `about`."""
        return _encrypt(self._wrap, key._raw, about)

    def unwrap(self, wrapped: bytes, *, about: str) -> "Key":
        """The key that `wrap` was given. Raises Unopenable."""
        raw = _decrypt(self._wrap, wrapped, about)
        if len(raw) != KEY_BYTES:
            raise Unopenable("What was wrapped is not a key.")
        return Key(raw)

    def digest(self, text: str, *, about: str) -> bytes:
        """HMAC-SHA-256 of `text`, 32 bytes: finds an equal value again without revealing it.

        Equal means the same characters: normalise (case, spaces, Unicode form) before.
        """
        place = about.encode()
        # The length in front keeps ("ab", "c") and ("a", "bc") apart.
        message = len(place).to_bytes(4, "big") + place + text.encode()
        return hmac.digest(self._digest, message, hashlib.sha256)

    def __repr__(self) -> str:
        return "<Key>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A key is never pickled or copied.")


def load_master_key(text: str | None, file: Path) -> Key:
    """The operator's master key: from `text` (BONAFIDE_MASTER_KEY), else from `file`.

    `text` is 64 hex digits or the base64 of 32 bytes. Where there is neither text nor file, the
    file is made with a new key, readable by its owner alone. Raises BadMasterKey.
    """
    if text is not None:
        # An empty text is refused as well: taken as "unset", a secret store that fails to answer
        # would make the service start with a new key, under which nothing stored opens.
        return Key(_parsed(text, "BONAFIDE_MASTER_KEY"))
    with contextlib.suppress(FileNotFoundError):
        return _read(file)
    _make(file)
    return _read(file)


def _sub_key(raw: bytes, use: str) -> bytes:
    hkdf = HKDF(hashes.SHA256(), length=KEY_BYTES, salt=None, info=f"bonafide/{use}/1".encode())
    return hkdf.derive(raw)


def _encrypt(cipher: AESGCM, plain: bytes, about: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _VERSION + nonce + cipher.encrypt(nonce, plain, _VERSION + about.encode())


def _decrypt(cipher: AESGCM, sealed: bytes, about: str) -> bytes:
    if len(sealed) < SEAL_OVERHEAD_BYTES or sealed[:1] != _VERSION:
        raise Unopenable("This is not a sealed value.")
    nonce, ciphertext = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        return cipher.decrypt(nonce, ciphertext, _VERSION + about.encode())
    except InvalidTag:
        raise Unopenable("Wrong key, altered bytes, or another place's bytes.") from None


def _parsed(text: str, source: str) -> bytes:
    text = text.strip()
    if re.fullmatch(r"[0-9a-fA-F]{64}", text):
        return bytes.fromhex(text)
    if re.fullmatch(r"[A-Za-z0-9+/_-]{43}=?", text):
        with contextlib.suppress(binascii.Error):
            return base64.urlsafe_b64decode(text[:43].translate(_TO_URL_SAFE) + "=")
    raise BadMasterKey(f"{source} must hold 64 hexadecimal digits, or 32 bytes in base64.")


_TO_URL_SAFE = str.maketrans("+/", "-_")


def _read(file: Path) -> Key:
    try:
        with file.open("rb") as stream:
            if os.fstat(stream.fileno()).st_mode & 0o077:
                raise BadMasterKey(
                    f"{file} can be read or changed by other users. Run `chmod 600` on it, and "
                    "replace the key if others had accounts on this machine."
                )
            text = stream.read(1024).decode("ascii", "replace")
    except PermissionError:
        raise BadMasterKey(f"{file} may not be read by this user.") from None
    return Key(_parsed(text, str(file)))


def _make(file: Path) -> None:
    """Make the key file whole, or leave the one that another process made first.

    Writing straight into the new file would let a second process, starting at the same moment,
    read half a key, and a crash would leave half a key behind. So the key is written beside it
    and linked into place: `link` refuses where the name already exists.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # O_EXCL, 0600
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(secrets.token_hex(KEY_BYTES).encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
    finally:
        Path(draft).unlink()
    folder = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
