"""The sentences of résumés: one's own, a template's, and somebody else's reworded.

Out of parts that combine to some hundred thousand sentences, so that strangers share no run of five
words but by chance; real prose shares fewer. Names of employers and dates are never in them.
"""

from random import Random

_DID = (
    "designed", "rebuilt", "maintained", "led", "migrated", "automated", "tested", "documented",
    "planned", "simplified", "replaced", "extended", "shipped", "audited", "prototyped",
)  # fmt: skip
_ADJECTIVES = (
    "nightly", "regional", "internal", "public", "legacy", "mobile", "shared", "embedded",
    "quarterly", "partner", "multilingual", "offline", "distributed", "seasonal", "encrypted",
)  # fmt: skip
_THINGS = (
    "billing", "warehouse", "booking", "routing", "claims", "payroll", "catalogue", "search",
    "reporting", "telemetry", "support", "onboarding", "pricing", "scheduling", "inventory",
    "translation", "archive", "metering", "survey", "delivery",
)  # fmt: skip
_KINDS = (
    "service", "pipeline", "dashboard", "gateway", "library", "importer", "console", "website",
    "scheduler", "interface", "toolkit", "simulator",
)  # fmt: skip
_FOR = (
    "hospital wards", "field crews", "small retailers", "tax advisers", "ferry operators",
    "school boards", "insurance brokers", "energy traders", "museum visitors", "farm owners",
    "call agents", "city planners", "test drivers", "bakery chains", "radio stations",
)  # fmt: skip
_SO_THAT = (
    "cutting waiting times by half", "while keeping every audit trail", "ahead of a hard deadline",
    "after two failed attempts", "without a single outage", "together with three colleagues",
    "which doubled weekly orders", "under strict memory limits", "on a shoestring budget",
    "and trained its first users", "despite changing rules", "from sketches to release",
)  # fmt: skip
_TEMPLATE = (
    "dedicated professional with a passion for clean code and continuous improvement in teams",
    "collaborates daily with product owners designers and testers to deliver valuable increments",
    "takes ownership of features from first idea through review deployment and monitoring",
)
"""What an agency or a site puts into every résumé that is made with it."""
_SYNONYMS = {
    "designed": "created", "rebuilt": "reworked", "maintained": "looked after", "led": "headed",
    "migrated": "moved", "automated": "scripted", "tested": "checked", "planned": "scoped",
    "replaced": "swapped", "extended": "enlarged", "shipped": "released", "colleagues": "engineers",
    "service": "system", "pipeline": "process", "dashboard": "overview", "interface": "front end",
    "regional": "local", "internal": "in-house", "public": "open", "legacy": "old",
}  # fmt: skip


def a_paragraph(random: Random, sentences: int = 5) -> str:
    """What somebody writes of one position."""
    return " ".join(_sentence(random) for _ in range(sentences))


def from_a_template(random: Random) -> str:
    """A template's sentences, and two of one's own."""
    return f"{'. '.join(_TEMPLATE)}. {a_paragraph(random, 2)}"


def reworded(random: Random, text: str, share: float) -> str:
    """The same text with this share of its words in other words, and some sentences moved."""
    sentences = text.split(". ")
    if random.random() < 0.5:
        random.shuffle(sentences)
    words = " ".join(sentences).split()
    return " ".join(
        _SYNONYMS.get(word, f"{word} also") if random.random() < share else word for word in words
    )


def _sentence(random: Random) -> str:
    return (
        f"{random.choice(_DID).capitalize()} the {random.choice(_ADJECTIVES)} "
        f"{random.choice(_THINGS)} {random.choice(_KINDS)} for {random.choice(_FOR)} "
        f"{random.choice(_SO_THAT)}."
    )
