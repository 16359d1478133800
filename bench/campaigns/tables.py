"""The figures of a replayed stream for a person to read."""

from typing import Any


def print_table(figures: dict[str, Any]) -> None:
    """Schemes, false links, reviews, cost."""
    print(f"{figures['cases']} cases, {figures['benign']} of them benign; seed {figures['seed']}")
    _schemes(figures)
    _second(figures["second appearance"])
    _false_links(figures)
    _reviews(figures["reviews"])
    cost = figures["cost"]
    print(
        f"\nmilliseconds a case, all rules: median {cost['median']:.1f}, 95 % within "
        f"{cost['95 %']:.1f}; looking for others in memory: median {cost['linking, median']:.2f}, "
        f"95 % within {cost['linking, 95 %']:.2f}, longest {cost['linking, longest']:.1f}"
    )


def _schemes(figures: dict[str, Any]) -> None:
    print(f"\n{'scheme':18}{'cases':>6}{'first linked, looked at':>25}{'of the first 10':>17}"
          f"{'linked %':>10}{'looked at %':>12}{'baseline %':>12}")  # fmt: skip
    for name, told in figures["schemes"].items():
        first = f"{_nth(told['first linked'])}, {_nth(told['first looked at'])}"
        ten = f"{told['of the first ten linked']}, {told['of the first ten looked at']}"
        print(
            f"{name:18}{told['cases']:>6}{first:>25}{ten:>17}{100 * told['linked']:>10.1f}"
            f"{100 * told['looked at']:>12.1f}{100 * figures['baseline, schemes'][name]:>12.1f}"
        )
        rules = ", ".join(f"{rule} {count}" for rule, count in told["because"])
        print(f"{'':18}because of {rules or 'nothing'}; on hold {100 * told['on hold']:.1f} %")


def _second(told: dict[str, Any]) -> None:
    print(f"\nfacilitator: {told['due']} share two kinds with one earlier identity, "
          f"{100 * told['linked']:.1f} % of them are linked")  # fmt: skip
    for kinds, count in told["not linked, by what they share"]:
        print(f"  not linked: {count:4}  {kinds}")


def _false_links(figures: dict[str, Any]) -> None:
    ours = figures["false links"]
    print("\nbenign people tied to a stranger, per 1,000 (to their own household)")
    rows = {
        "Bonafide": ours,
        "any one exact match": figures["baseline, any one match"],
        "same e-mail or telephone": figures["baseline, e-mail or telephone"],
    }
    for name, told in rows.items():
        times = told["strangers"] / ours["strangers"] if ours["strangers"] else float("inf")
        print(f"  {name:26}{told['strangers']:8.2f} ({told['household']:.2f}), ratio {times:.1f}")
    for kind, row in ours["by kind"].items():
        print(f"  {kind:20}{row['tied']:>6} of {row['people']}")
    for what, count in ours["by what"]:
        print(f"  {count:5}  {what}")


def _reviews(reviews: dict[str, Any]) -> None:
    print("\nper 1,000: looked at, not for history alone, for what others share")
    for kind, row in reviews.items():
        rules = ", ".join(f"{rule} {count}" for rule, count in row["because"])
        print(
            f"  {kind:20}{row['people']:>6}{row['looked at']:>8.1f}"
            f"{row['not for history alone']:>8.1f}{row['for what others share']:>8.1f}  {rules}"
        )


def _nth(place: int | None) -> str:
    return "never" if place is None else str(place)
