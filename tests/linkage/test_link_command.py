"""`bonafide link`: a file of people in, links with their reasons out, nobody merged."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ANNA = {
    "id": "anna",
    "name": "Anna Example",
    "birth_date": "1990-01-02",
    "phone": "+1 212 555 0101",
    "email": "anna@gmail.com",
    "address": "12 Oak Lane",
    "postal_code": "78701",
    "city": "Austin",
    "country_code": "US",
    "iban": "DE89 3704 0044 0532 0130 00",
}
HANNAH = ANNA | {
    "id": "hannah",
    "name": "Hannah Sample",
    "birth_date": "",
    "phone": "",
    "email": "hannah@gmail.com",
    "address": "12 OAK LN.",
    "iban": "de89370400440532013000",
}
FLATMATE = {"id": "flatmate", "address": "12 Oak Lane", "postal_code": "78701",
            "phone": "+1 212 555 0101"}  # fmt: skip
RETURNED = {
    "id": "returned",
    "claims": {
        "basics": {"name": "Example, Anna", "email": "an.na+2@gmail.com"},
        "identity": {"birthDate": "1990-01-02"},
    },
    "surroundings": {"visits": [{"at": "2026-03-01T09:00:00Z", "ip": "81.2.69.142"}]},
}


def _run(people: list[Any], folder: Path, *options: str, without: str = "") -> Any:
    file = folder / "people.jsonl"
    lines = (one if isinstance(one, str) else json.dumps(one) for one in people)
    file.write_text("\n".join(lines), encoding="utf-8")
    program = (
        f"import sys; sys.modules.update({{name: None for name in {without.split()!r}}})\n"
        f"from service.cli import app; app({['link', str(file), *options]!r})"
    )
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )


def test_people_are_linked_with_reasons_and_masked_values_and_never_merged(tmp_path: Path) -> None:
    ran = _run([ANNA, HANNAH, "", FLATMATE, RETURNED], tmp_path, "--json")
    assert ran.returncode == 0, ran.stderr
    (link,) = map(json.loads, ran.stdout.splitlines())
    assert {link["one"], link["other"]} == {"anna", "hannah"}
    assert {tie["kind"] for tie in link["ties"]} == {"address", "bank_account"}
    assert all(tie["innocent_explanation"] and tie["people"] for tie in link["ties"])
    assert "Oak" in ran.stdout
    for secret in ("370400", "12 Oak", "+1212"):
        assert secret not in ran.stdout
    assert "4 people; links: 1." in ran.stderr


def test_splink_adds_a_view_that_says_it_is_no_verdict(tmp_path: Path) -> None:
    pytest.importorskip("splink", reason="the extra `batch` is not installed")
    again = ANNA | {"id": "again", "name": "Anna Exampel", "address": "", "iban": ""}
    ran = _run([ANNA, again, RETURNED, HANNAH], tmp_path, "--json", "--splink")
    assert ran.returncode == 0, ran.stderr
    views = [told for line in ran.stdout.splitlines() if "view" in (told := json.loads(line))]
    assert {"anna", "again"} in [{view["one"], view["other"]} for view in views]
    assert all(view["view"] == "splink" and view["verdict"] is None for view in views)
    assert all(0.5 <= view["probability"] <= 1 for view in views)


def test_what_too_many_have_is_left_out_of_splinks_comparison_and_said() -> None:
    pytest.importorskip("splink", reason="the extra `batch` is not installed")
    from service.commands.link_people import Flat, Listed
    from service.commands.link_probable import probable_pairs, rows_of

    people = [Flat(id=f"p{n}", name=f"N{n}", phone="+1 212 555 0101") for n in range(201)]
    rows, left_out = rows_of([Listed.of(one) for one in people])
    assert left_out == {"phone": 1}
    assert list(probable_pairs(rows)) == []


def test_without_splink_the_links_are_told_and_how_to_install_it(tmp_path: Path) -> None:
    ran = _run([ANNA, HANNAH], tmp_path, "--splink", without="splink")
    assert ran.returncode == 2
    assert "anna and hannah" in ran.stdout
    assert "bonafide[batch]" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2 is not one JSON object"),
        ('["anna"]', "line 2 is not one JSON object"),
        ('{"id": "x", "fone": "+1 212 555 0199"}', "line 2 does not fit: fone"),
        ('{"name": "Ben"}', "line 2 does not fit: id"),
        ('{"id": "anna"}', "line 2 has an id that an earlier line has"),
        ('{"id": "x", "claims": {"work": 7}}', "line 2 does not fit: claims.work"),
        ('{"id": "x", "birth_date": "2 May"}', "line 2 does not fit: birth_date"),
        ('{"id": "x", "country_code": "Utopia"}', "line 2 does not fit"),
        ('{"id": "x", "ip": "here"}', "line 2 does not fit"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_without_what_it_holds(
    line: str, told: str, tmp_path: Path
) -> None:
    from service.commands.link_people import load_people
    from verifiers.unusable import UnusableInput

    file = tmp_path / "people.jsonl"
    file.write_text(json.dumps(ANNA) + "\n" + line, encoding="utf-8")
    with pytest.raises(UnusableInput) as caught:
        load_people(file)
    assert told in caught.value.told
    assert not any(value in caught.value.told for value in ("0199", "2 May", "Utopia", "Ben"))
