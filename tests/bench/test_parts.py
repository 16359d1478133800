"""What `make bench` measures can be listed, and the documentation says how to ask for each part."""

import re
from pathlib import Path

import pytest

from bench.__main__ import PARTS, main

PROJECT = Path(__file__).parents[2]
ACCURACY = (PROJECT / "docs/accuracy.md").read_text(encoding="utf-8")


def test_help_names_every_part_and_measures_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    told = capsys.readouterr().out
    for name, part in PARTS.items():
        assert re.search(rf"^  {name} +{re.escape(str(part.__doc__))}$", told, re.MULTILINE)


def test_a_part_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(SystemExit, match="no part feelings; there are candidate, service"):
        main(["feelings"])


def test_every_part_and_every_measurement_is_named_in_the_documentation() -> None:
    listed = set(re.findall(r"^\| `(\w+)` \|", ACCURACY, re.MULTILINE))
    assert listed >= set(PARTS)
    alone = {path.stem for path in (PROJECT / "bench").glob("*.py") if is_measurement(path)}
    assert alone <= set(re.findall(r"`bench\.(\w+)`", ACCURACY))


def is_measurement(path: Path) -> bool:
    """It prints figures when it is run; the two sides of a comparison and the runners do not."""
    sides = {"ours", "peer", "peer_ela", "measure", "watched", "__main__"}
    return path.stem not in sides and "__name__" in path.read_text(encoding="utf-8")
