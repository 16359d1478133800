"""Users by the label that audit rows and decisions name them with."""

from service.store.store import OfTenant


def names_of_users(t: OfTenant) -> dict[str, str]:
    """`user:…` -> e-mail address."""
    return {f"user:{person.id}": person.email for person in t.access.users()}
