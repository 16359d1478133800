"""The same photograph or portrait is found again under another name; look-alikes are not linked."""

import itertools
from functools import cache

import cv2
import numpy as np

from bench.exhibits import subject_of
from models.document import MrzFormat, MrzText
from models.finding import Check, EvidenceClass, Region, Strength
from models.fingerprint import DocumentFingerprint, Part
from samples.forgeries.attack import Exhibit
from samples.forgeries.reused import ATTACKS, alone
from verifiers.documents.forensics.reuse import (
    compare,
    fingerprint,
    lookup_keys,
    lookup_queries,
)
from verifiers.documents.forensics.reuse_measures import portrait_measures
from verifiers.documents.forensics.reuse_rules import reused
from verifiers.documents.forensics.subject import Subject
from verifiers.documents.upright import page_of
from verifiers.picture import Picture

_PHOTOGRAPHED = 2
_SCANNED = 3
_HANDLED = "cropped 10 %, half the size"
_HONEST = (_PHOTOGRAPHED, 7, _SCANNED)
"""The first two are cards of one layout and issuer. `bench/reused.py` compares thousands."""


def _print(exhibit: Exhibit) -> DocumentFingerprint:
    return fingerprint(subject_of(exhibit))


@cache
def _honest(seed: int) -> DocumentFingerprint:
    return _print(alone(seed))


@cache
def _attacked(name: str, strength: str, seed: int = _PHOTOGRAPHED) -> DocumentFingerprint:
    (attack,) = (attack for attack in ATTACKS if attack.name == name)
    return _print(attack.make(seed, strength))


def _alike(one: DocumentFingerprint, other: DocumentFingerprint) -> set[Part]:
    return {likeness.part for likeness in compare(one, other) if likeness.alike}


def test_the_same_photograph_with_other_text_is_linked_cropped_and_halved() -> None:
    edited = _attacked("picture", _HANDLED)
    assert {Part.SURROUNDINGS, Part.PORTRAIT} <= _alike(_honest(_PHOTOGRAPHED), edited)
    finding = reused(_honest(_PHOTOGRAPHED), edited, reference="v-1")
    assert finding
    assert finding.code == "document.reused.picture"
    assert (finding.check, finding.evidence_class) == (Check.DOCUMENT, EvidenceClass.LINKAGE)
    assert finding.strength is Strength.STRONG
    assert "v-1" in finding.for_recruiter


def test_the_same_portrait_on_a_document_of_another_format_is_linked_as_that() -> None:
    borrowed = _attacked("portrait", "on a document of another format")
    finding = reused(_honest(_PHOTOGRAPHED), borrowed, reference="v-1")
    assert finding
    assert finding.code == "document.reused.portrait"


def test_another_document_laid_into_the_same_photograph_is_linked_by_the_table() -> None:
    laid_in = _attacked("surroundings", "saved again")
    finding = reused(_honest(_PHOTOGRAPHED), laid_in, reference="v-1")
    assert finding
    assert finding.code == "document.reused.surroundings"
    assert finding.strength is Strength.MODERATE


def test_documents_of_different_people_are_not_linked_those_of_one_issuer_neither() -> None:
    for one, other in itertools.combinations(_HONEST, 2):
        assert reused(_honest(one), _honest(other), reference="v-1") is None


def test_a_scan_has_no_surroundings_to_compare_and_says_why() -> None:
    scanned = _honest(_SCANNED)
    assert Part.SURROUNDINGS not in scanned.prints
    assert "plain" in scanned.absent[Part.SURROUNDINGS]


def test_what_is_alike_shares_a_key_of_the_index() -> None:
    edited = _attacked("picture", _HANDLED)
    assert lookup_queries(edited) & lookup_keys(_honest(_PHOTOGRAPHED))


def test_a_portrait_is_measured_alike_wherever_it_lies_on_a_large_picture() -> None:
    subject = subject_of(alone(_PHOTOGRAPHED))
    pixels, portrait = subject.picture.pixels, subject.portraits[0]
    wide = cv2.copyMakeBorder(pixels, 700, 0, 900, 0, cv2.BORDER_CONSTANT, value=(128,) * 3)
    corners = tuple((x + 900, y + 700) for x, y in portrait.corners)
    here = portrait_measures(pixels, portrait)
    there = portrait_measures(
        np.asarray(wide, np.uint8), Region.model_validate({"corners": corners})
    )
    assert len(here) == len(there) == 27
    for one, other in zip(here, there, strict=True):
        assert np.abs(one.values - other.values).max() < 0.01
    assert portrait_measures(pixels, Region.box(-300, -300, -100, -100)) == []


def test_a_strip_of_a_picture_has_a_fingerprint() -> None:
    strip = Picture("s", np.random.default_rng(0).integers(0, 255, (20, 30_000, 3), np.uint8))
    lines = ("<" * 44,) * 2
    confidence = ((1.0,) * 44,) * 2
    region = Region.box(600, 16, 29_400, 19)
    text = MrzText(format=MrzFormat.TD3, lines=lines, confidence=confidence, region=region)
    subject = Subject(
        strip, page=page_of(strip, text), portraits=(Region.box(1_500, 4, 10_500, 14),)
    )
    assert fingerprint(subject).file == "s"


def test_likeness_is_the_same_either_way_round() -> None:
    edited = _attacked("picture", _HANDLED)
    one, other = _honest(_PHOTOGRAPHED), edited
    assert compare(one, other) == compare(other, one)


def test_a_picture_is_wholly_like_itself_and_a_plain_one_has_no_print() -> None:
    for likeness in compare(_honest(_PHOTOGRAPHED), _honest(_PHOTOGRAPHED)):
        assert likeness.distance == 0
    plain = fingerprint(Subject(Picture("plain", np.full((300, 400, 3), 200, np.uint8))))
    assert plain.prints == {}
    assert set(plain.absent) == set(Part)
    assert compare(plain, plain) == ()
