"""The figures of `bench.history` for a person to read."""

from typing import Any

from models.verdict import Outcome


def print_table(figures: dict[str, Any]) -> None:
    """Both splits, then what other names change."""
    print(f"{figures['rules']} rules; shares in per cent of generated lives")
    for name, split in figures["splits"].items():
        print(f"\n== {name} ==")
        _outcomes("honest", split["honest"])
        _rows("honest, by kind", split["honest by kind"])
        _outcomes("made up", split["fraud"])
        _rows("made up, by kind", split["fraud by kind"])
        _rules(split["rules"])
        _origins(split["origins"])
        _cost(split)
    _swapped(figures["swapped names"])


def _outcomes(who: str, told: dict[str, Any]) -> None:
    print(
        f"\n{who}: {told['lives']} lives, any contradiction {_per_cent(told['any contradiction'])}"
    )
    print(f"  {'stage':12}" + "".join(f"{outcome.value:>12}" for outcome in Outcome))
    for stage, shares in told["stages"].items():
        print(f"  {stage:12}" + "".join(f"{_per_cent(share):>12}" for share in shares.values()))
    for stage, rows in told["rows of review"].items():
        listed = ", ".join(f"{row} {_per_cent(share)}" for row, share in rows.items())
        print(f"  to a person at {stage}: {listed or 'nobody'}")


def _rows(title: str, kinds: dict[str, dict[str, float]]) -> None:
    columns = list(next(iter(kinds.values())))
    print(f"\n{title} ({', '.join(columns)})")
    for kind, row in kinds.items():
        shares = "".join(f"{_per_cent(row[column]):>8}" for column in columns[1:])
        print(f"  {kind:20}{row['lives']:>6}{shares}")


def _rules(rules: dict[str, dict[str, Any]]) -> None:
    print("\nby rule: honest, and reviews of honest lives that rest on it; made up, the same")
    columns = (
        "honest",
        "honest, review rests on it",
        "fraud",
        "fraud, review rests on it",
    )
    for rule, row in sorted(rules.items(), key=lambda item: -item[1]["honest"]):
        shares = "".join(f"{_per_cent(row[column]):>8}" for column in columns)
        print(f"  {rule:9}{row['name']:40}{row['strength']:10}{shares}")


def _origins(origins: dict[str, dict[str, Any]]) -> None:
    print(
        "\nhonest, by origin of the name: asked or looked at, review, each with its 95 % interval"
    )
    for origin, row in origins.items():
        told = "".join(
            f"{_per_cent(row[what]):>8} ({_per_cent(low)} to {_per_cent(high)})"
            for what in ("asked or looked at", "review")
            for low, high in (row[f"{what}, 95 %"],)
        )
        print(f"  {origin:12}{row['lives']:>6}{told}")


def _cost(split: dict[str, Any]) -> None:
    cost, naive = split["cost"], split["baseline"]
    print(
        f"\ncost of one life at one stage: median {cost['median']:.2f} ms, 95 % within "
        f"{cost['95 %']:.2f} ms, longest {cost['longest']:.1f} ms; the baseline's median "
        f"{cost['baseline, median']:.4f} ms, ratio {cost['ratio of medians']:.0f}"
    )
    print(
        f"the baseline finds fault with {_per_cent(naive['honest'])} of honest lives and "
        f"{_per_cent(naive['fraud'])} of made-up ones"
    )


def _swapped(told: dict[str, Any]) -> None:
    print(
        f"\nthe same {told['lives']} lives with names of each origin: lives that come out otherwise"
    )
    for origin, lives in told["come out otherwise"].items():
        listed = f" ({'; '.join(lives[:5])})" if lives else ""
        print(f"  {origin:12}{len(lives):>4}{listed}")


def _per_cent(share: float) -> str:
    return f"{100 * share:.1f}"
