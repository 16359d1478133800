"""The figures of `bench.screening` for a person to read."""

from typing import Any


def print_table(figures: dict[str, Any]) -> None:
    """Pairs, listed people, others, cost."""
    entries = ", ".join(f"{name} {count}" for name, count in figures["lists"].items())
    print(f"Lists: {entries}; {figures['names']} names")
    index = figures["index"]
    print(f"Made searchable in {index['seconds']:.1f} s of CPU, {index['megabytes']:.0f} MB")
    _pairs(figures["pairs"])
    print("\nListed people with a birth date, found by name and that date")
    for name, ways in figures["listed"].items():
        told = ", ".join(
            f"{way} {one['found']} of {one['asked']} ({_per_cent(one['found'], one['asked'])})"
            for way, one in ways.items()
        )
        print(f"  {name}: {told}")
    for name, one in figures["others"].items():
        print(f"\nOn no list, negatives_{name}: {one['people']} people")
        print(f"  surface by name alone: {one['surface by name alone']}")
        print(
            f"  surface with the birth date in the file: {one['surface with their birth date']} "
            f"({_per_cent(one['surface with their birth date'], one['people'])})"
        )
        ours, theirs = one["names alike, ours"], one["names alike, WRatio"]
        print(
            f"  whose name alone is like a listed one, of {one['compared']}: ours {ours}, "
            f"WRatio at 85 {theirs}"
        )
        ratio = one["people a second"] / one["people a second, WRatio"]
        print(
            f"  people a second and core: {one['people a second']:.0f}, WRatio over all names "
            f"{one['people a second, WRatio']:.0f}, ratio {ratio:.0f}"
        )


def _pairs(halves: dict[str, Any]) -> None:
    ways = ("ours", "WRatio", "WRatio, prepared")
    for half, groups in halves.items():
        print(f"\nPairs, {half}: precision, recall, F1 of {'; '.join(ways)}")
        for name, group in groups.items():
            told = "   ".join(
                " ".join(f"{group[way][rate]:.3f}" for rate in ("precision", "recall", "F1"))
                for way in ways
            )
            print(f"  {name:32}{group['pairs']:>5}   {told}")


def _per_cent(some: int, all_: int) -> str:
    return f"{100 * some / max(1, all_):.2f} %"
