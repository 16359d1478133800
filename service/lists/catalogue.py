"""The lists that `bonafide lists update` knows, and where their publishers keep them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    """A list as its publisher offers it."""

    name: str
    """As commands call it."""
    list_name: str
    """As its reader calls it."""
    title: str
    url: str
    file: str
    """Under which name it is kept."""
    size: int
    """Bytes, about: how far a transfer is."""


_OFAC = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports"

CATALOGUE = (
    Published(
        name="ofac-sdn",
        list_name="OFAC SDN",
        title="Specially Designated Nationals, US Treasury",
        url=f"{_OFAC}/SDN_ADVANCED.XML",
        file="SDN_ADVANCED.XML",
        size=120_000_000,
    ),
    Published(
        name="ofac-consolidated",
        list_name="OFAC Consolidated",
        title="Lists beside the SDN list, US Treasury",
        url=f"{_OFAC}/CONS_ADVANCED.XML",
        file="CONS_ADVANCED.XML",
        size=6_000_000,
    ),
    Published(
        name="un",
        list_name="UN Security Council",
        title="Consolidated list, United Nations Security Council",
        url="https://scsanctions.un.org/resources/xml/en/consolidated.xml",
        file="consolidated.xml",
        size=2_000_000,
    ),
    Published(
        name="eu",
        list_name="EU",
        title="Consolidated list of financial sanctions, European Union",
        # The token is the public one, which everybody is given.
        url="https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content"
        "?token=dG9rZW4tMjAxNw",
        file="xmlFullSanctionsList_1_1.xml",
        size=25_000_000,
    ),
)


def name_of(list_name: str) -> str:
    """Under which name a list is kept: the catalogue's, or one made of its own."""
    for published in CATALOGUE:
        if published.list_name == list_name:
            return published.name
    return "-".join("".join(c if c.isalnum() else " " for c in list_name).lower().split())
