"""`python -m bench.campaigns`: replay, print, draw."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from bench.campaigns.figures import BENIGN, HELD_OUT, measure
from bench.campaigns.picture import draw
from bench.campaigns.tables import print_table


def main(arguments: Sequence[str] | None = None) -> None:
    """Replay one stream."""
    parser = argparse.ArgumentParser(prog="python -m bench.campaigns", description=__doc__)
    parser.add_argument("--benign", type=int, default=BENIGN, help="benign applicants")
    parser.add_argument("--share", type=float, default=1.0, help="part of each scheme's size")
    parser.add_argument("--seed", type=int, default=HELD_OUT)
    parser.add_argument("--picture", type=Path, help="where to draw it")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    given = parser.parse_args(arguments)
    figures = measure(given.benign, given.share, given.seed)
    if given.picture:
        draw(figures, given.picture)
    if given.json:
        print(json.dumps(figures, indent=1))
    else:
        print_table(figures)


if __name__ == "__main__":
    main()
