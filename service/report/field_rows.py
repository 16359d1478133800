"""What all tables of fields share: how agreement is told, what a picture is called, the claims."""

from models.history import Claims
from verifiers.names import Agreement
from verifiers.picture import Picture

AGREEMENT = {
    Agreement.AGREES: ("agrees", "good"),
    Agreement.DIFFERS: ("differs", "bad"),
    Agreement.UNKNOWN: ("not compared", "unknown"),
}
"""Word and tone."""


def caption(page: Picture) -> str:
    """A picture by its file, and its page where that has several."""
    return f"{page.file}, page {page.page}" if page.page > 1 else page.file


def claimed_fields(claims: Claims | None) -> dict[str, str | None]:
    """What the candidate says, by the names of a zone's fields."""
    if claims is None:
        return {}
    born = claims.identity.birth_date
    return {
        "surname": claims.full_name,
        "birth_date": born.isoformat() if born else None,
        "document_number": claims.identity.document_number,
    }
