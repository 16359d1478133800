"""Where the MRZ reader stops reading, and whether it says so: the stress grid, table and plot.

`python -m bench.stress [PAGES [PEER_PAGES]]` reads so many rendered pages for each level of each
stress (20), and so many of them (2) by PassportEye as its README uses it and, where `weights/` of
`BONAFIDE_DATA` holds `mrz.traineddata`, by PassportEye with that model, which is its best.
Writes `out/bench/stress.md` and `out/bench/stress.png`.
"""

import json
import os
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2

from bench.measure import measure as in_a_process
from bench.mrz import ocrb_tessdata
from bench.mrz_pages import GRID, Page, page, stressed
from models.document import MrzSearch

OUT = Path("out/bench")
_PAGES, _PEER_PAGES = 20, 2
_TITLES = {
    "pitch": "pitch, pixels a character",
    "blur": "blur, σ in characters",
    "motion": "motion, trail in characters",
    "glare": "glare, 1 hides the print",
    "keystone": "camera leans, degrees",
    "rotation": "turned, degrees",
    "curvature": "lines sag, characters",
    "spine": "bent into the spine, characters",
    "noise": "noise, σ of 255",
    "contrast": "contrast of print",
    "jpeg": "JPEG quality",
    "shadow": "edge of a shadow, share",
    "laminate": "pattern of a film, share",
    "moire": "moiré, amplitude of 255",
    "light": "light, share",
    "finger": "finger, characters hidden",
    "second_page": "second page above",
    "documents": "documents on the picture",
    "share": "zone's share of 12 MP width",
}
_PEERS = {"PassportEye": "passporteye", "PassportEye, `mrz` model": "passporteye-mrz"}


@dataclass
class Level:
    """What became of the zones on the pages of one stress at one level."""

    zones: int = 0
    exact: int = 0
    sure: int = 0
    """Surely and exactly."""
    misread: int = 0
    """Read wrongly in some place, which was said to be unsure or where nothing else was read."""
    surely_wrong: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    """Why zones were not read, or not surely."""
    peers: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """For each peer: pages, exact ones, and those said to be valid that were not exact."""

    def count(self, taken: Page, search: MrzSearch) -> None:
        """One page read."""
        right = [text for text in search.readings if text.lines in taken.zones]
        self.zones += len(taken.zones)
        self.exact += len(right)
        self.sure += sum(text.sure for text in right)
        wrong = [text for text in search.readings if text.lines not in taken.zones]
        self.surely_wrong += sum(text.sure for text in wrong)
        self.misread += sum(not text.sure for text in wrong)
        if search.problem:
            self.reasons[_reason(search.problem)] += 1

    @property
    def why(self) -> str:
        """The commonest reason that was given."""
        return self.reasons.most_common(1)[0][0] if self.reasons else ""


def measure(pages: int, peer_pages: int) -> dict[str, dict[float, Level]]:
    """The whole grid, ours and the peers' in one run."""
    from verifiers.documents.reading import MrzReader

    cv2.setNumThreads(1)
    reader = MrzReader()
    table: dict[str, dict[float, Level]] = {}
    with tempfile.TemporaryDirectory(prefix="bonafide-stress-") as folder:
        for name, values in GRID.items():
            for value in values:
                level = table.setdefault(name, {})[value] = Level()
                for seed in range(pages):
                    taken = page(stressed(name, value), seed)
                    level.count(taken, reader.read(taken.picture))
                    if seed < peer_pages:
                        cv2.imwrite(f"{folder}/{name} {value:g} {seed}.png", taken.picture)
            print(f"{name}: {sum(level.zones for level in table[name].values())} zones", flush=True)
        for peer, program in _PEERS.items() if peer_pages else ():
            extra = []
            if program == "passporteye-mrz":
                data = os.environ.get("BONAFIDE_DATA")
                tessdata = ocrb_tessdata(Path(data)) if data else None
                if tessdata is None:
                    print(f"{peer}: left out, BONAFIDE_DATA holds no weights/mrz.traineddata")
                    continue
                extra = [str(tessdata)]
            answers = in_a_process("bench.stress", [program, folder, *extra]).answer
            for name, levels in table.items():
                for value, level in levels.items():
                    level.peers[peer] = _judged(answers, name, value, peer_pages)
    return table


def _judged(
    answers: dict[str, tuple[list[str], bool]], name: str, value: float, pages: int
) -> tuple[int, int, int]:
    exact = wrong = 0
    for seed in range(pages):
        lines, valid = answers[f"{name} {value:g} {seed}"]
        right = tuple(lines) in page(stressed(name, value), seed).zones
        exact += right
        wrong += valid and not right
    return pages, exact, wrong


def _passporteye(folder: Path, extra: str) -> dict[str, tuple[list[str], bool]]:
    from passporteye import read_mrz

    answers = {}
    for path in sorted(folder.glob("*.png")):
        try:
            zone = read_mrz(str(path), extra_cmdline_params=extra)
        except KeyError:  # Its own error on pictures where its last resort reads nothing.
            zone = None
        text = zone.to_dict().get("raw_text", "").replace(" ", "") if zone else ""
        answers[path.stem] = (text.split(), bool(zone and zone.valid))
    return answers


def _reason(problem: str) -> str:
    """The part of a problem that says why, without where and what to do."""
    told = problem.rsplit(": ", 1)[-1]
    return re.split(r"[.,] | \(|\.$", told)[0]


def table(measured: dict[str, dict[float, Level]]) -> str:
    """Markdown: one row a level."""
    peers = list(next(iter(next(iter(measured.values())).values())).peers)
    heads = [
        *("stress", "level", "zones", "exact", "sure", "surely wrong", "misread, said unsure"),
        *("not found", "commonest reason"),
        *(f"{peer}: exact / valid but wrong" for peer in peers),
    ]
    rows = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for name, levels in measured.items():
        for value, one in levels.items():
            lost = max(0, one.zones - one.exact - one.misread - one.surely_wrong)
            cells = [_TITLES[name], f"{value:g}", one.zones, one.exact, one.sure]
            cells += [one.surely_wrong, one.misread, lost, one.why]
            for peer in peers:
                count, exact, wrong = one.peers[peer]
                cells.append(f"{exact} / {wrong} of {count}")
            rows.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(rows) + "\n"


_SHADES = {
    "sure and exact": "#1b7f5a",
    "exact, said unsure": "#8fcfb2",
    "misread, said unsure": "#e9c46a",
    "not read, says why": "#d9d9d9",
    "surely wrong": "#c1121f",
}


def plot(measured: dict[str, dict[float, Level]], path: Path) -> None:
    """One panel a stress: what became of the zones, by level."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    columns = 5
    rows = -(-len(measured) // columns)
    figure, panels = pyplot.subplots(rows, columns, figsize=(12, 1.9 * rows), sharey=True)
    for panel, (name, levels) in zip(panels.flat, measured.items(), strict=False):
        places = range(len(levels))
        bottom = [0.0] * len(levels)
        for what, colour in _SHADES.items():
            shares = [_shares(level)[what] for level in levels.values()]
            panel.bar(places, shares, 0.85, bottom, color=colour, label=what)
            bottom = [low + share for low, share in zip(bottom, shares, strict=True)]
        for marker, peer in zip("o^", _PEERS, strict=True):
            known = [(i, one.peers[peer]) for i, one in enumerate(levels.values()) if one.peers]
            panel.plot(
                [i for i, _ in known],
                [100 * exact / count for _, (count, exact, _) in known],
                f"k{marker}",
                markersize=3,
                fillstyle="none",
                label=f"{peer.replace('`', '')}, exact",
            )
        panel.set_title(_TITLES[name], fontsize=8, pad=3)
        panel.set_xticks(places, [f"{value:g}" for value in levels], fontsize=7)
        panel.set_ylim(-3, 103)
        panel.tick_params(axis="y", labelsize=7)
    for panel in panels.flat[len(measured) :]:
        panel.axis("off")
    handles, labels = panels.flat[0].get_legend_handles_labels()
    panels.flat[-1].legend(handles, labels, loc="center", fontsize=7, frameon=False)
    figure.supylabel("zones, %", fontsize=8)
    figure.tight_layout()
    figure.savefig(path, dpi=80)


def _shares(level: Level) -> dict[str, float]:
    """Percent of the zones, in the order of `_SHADES`; they fill a hundred."""
    counts = [level.sure, level.exact - level.sure, level.misread]
    lost = max(0, level.zones - level.exact - level.misread - level.surely_wrong)
    counts += [lost, level.surely_wrong]
    total = max(1, sum(counts))
    return dict(zip(_SHADES, [100 * count / total for count in counts], strict=True))


def main(arguments: list[str]) -> None:
    """Measures and writes; with a peer's name, is that peer's process."""
    match arguments:
        case ["passporteye", folder]:
            print(json.dumps(_passporteye(Path(folder), "")))
        case ["passporteye-mrz", folder, tessdata]:
            print(json.dumps(_passporteye(Path(folder), f"-l mrz --tessdata-dir {tessdata}")))
        case [*numbers] if len(numbers) <= 2 and all(number.isdigit() for number in numbers):
            counts: list[Any] = [int(number) for number in numbers]
            pages, peer_pages = (counts + [_PAGES, _PEER_PAGES][len(counts) :])[:2]
            measured = measure(pages, peer_pages)
            OUT.mkdir(parents=True, exist_ok=True)
            (OUT / "stress.md").write_text(table(measured), encoding="utf-8")
            plot(measured, OUT / "stress.png")
            print(table(measured))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
