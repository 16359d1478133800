"""The table of technologies and certifications: whole, sourced, and looked up by whole names."""

from collections import Counter
from datetime import date
from urllib.parse import urlsplit

import pytest

from verifiers.history.technologies import Kind, certification, rows, technology


def test_every_row_has_a_public_source_and_a_day_that_has_come() -> None:
    for row in rows():
        assert urlsplit(row.source).scheme == "https", row.name
        assert date(1980, 1, 1) <= row.first.earliest <= date(2026, 1, 1), row.name
    kinds = Counter(row.kind for row in rows())
    assert kinds[Kind.TECHNOLOGY] >= 150
    assert kinds[Kind.CERTIFICATION] >= 40


def test_no_two_rows_share_a_name() -> None:
    for row in rows():
        look_up = technology if row.kind is Kind.TECHNOLOGY else certification
        assert {look_up(name) for name in (row.name, *row.aliases)} == {row}


@pytest.mark.parametrize("written", ["Kubernetes", "k8s", " KUBERNETES ", "kubernetes"])
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    known = technology(written)
    assert known is not None
    assert known.name == "Kubernetes"


@pytest.mark.parametrize(
    "said",
    ["Go", "SWIFT", "Spark", "Chef", "Dart", "Airflow", "I ran Kubernetes for years", "", None],
)
def test_a_word_of_several_meanings_or_in_a_sentence_is_not_looked_up(said: str | None) -> None:
    assert technology(said) is None


def test_c_and_c_sharp_are_told_apart() -> None:
    assert technology("C") is None
    assert technology("C#") is not None
