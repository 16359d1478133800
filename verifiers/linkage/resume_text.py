"""The words of a résumé as keys of which two résumés share the more, the more alike they are.

MinHash of shingles of five words (Broder 1997), after what templates share is taken out: stop
phrases, names, addresses of e-mail and of pages, dates and numbers. Four minima are a band; of two
texts with Jaccard's similarity s a band is the same with probability s^4, so the part of the 20
bands that they share tells s: 1 band of 20 is 0.47, 5 are 0.71.
"""

import re
from collections.abc import Sequence
from hashlib import sha1

import numpy as np

from models.history import Claims

BANDS = 20
ROWS = 4
_SHINGLE = 5
_FEWEST_SHINGLES = 30
"""Of shorter texts one common sentence would make a likeness."""

_SEED = 1
"""Never changed: kept digests are of bands made with it."""

_NO_WORDS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|\S*\d\S*")
_MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec present current today"
)
_STOP_PHRASES = (
    "responsible for", "responsibilities included", "in charge of", "worked on", "worked with",
    "worked closely with", "proven track record", "track record of", "fast paced environment",
    "team player", "strong communication skills", "excellent communication skills",
    "attention to detail", "results driven", "self motivated", "highly motivated",
    "cross functional teams", "cross functional team", "ability to work", "years of experience",
    "best practices", "on time and within budget", "problem solving skills", "key achievements",
    "key responsibilities", "duties included", "references available upon request",
    "work experience", "professional experience", "technologies used",
)  # fmt: skip
_STOP = re.compile(rf"\b(?:{'|'.join(sorted(_STOP_PHRASES, key=len, reverse=True))})\b")


def text_bands(claims: Claims) -> tuple[str, ...]:
    """The bands of what the candidate writes about their work; none where it is too short.

    Each is the number of the band and its minima, hashed ("b07:9f02aa1045c3d2e1").
    """
    shingles = _shingles(claims)
    if len(shingles) < _FEWEST_SHINGLES:
        return ()
    from datasketch import MinHash  # Here: it takes all of SciPy with it, over a second.

    signature = MinHash(num_perm=BANDS * ROWS, seed=_SEED)
    signature.update_batch(sorted(shingles))
    minima = np.asarray(signature.hashvalues, dtype="<u8").reshape(BANDS, ROWS)
    return tuple(f"b{n:02d}:{sha1(row.tobytes()).hexdigest()[:16]}" for n, row in enumerate(minima))


def similarity(shared: int, of: int) -> float:
    """Jaccard's similarity of two texts that share so many of so many bands."""
    return float((shared / of) ** (1 / ROWS))


def _shingles(claims: Claims) -> set[bytes]:
    own = set(_MONTHS.split())
    for name in (claims.basics.name, claims.identity.full_name, *(w.name for w in claims.work)):
        own |= set(_words(name or ""))
    found: set[bytes] = set()
    for work in claims.work:
        told = " ".join(_words(_NO_WORDS.sub(" ", work.summary or "")))
        words = [word for word in _STOP.sub(" ", told).split() if word not in own]
        found |= _of_five(words)
    return found


def _of_five(words: Sequence[str]) -> set[bytes]:
    ends = range(_SHINGLE, len(words) + 1)
    return {" ".join(words[end - _SHINGLE : end]).encode() for end in ends}


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())
