"""The circumstances of a verification: what is known beside documents, footage and claims."""

from datetime import date

from models.base import Model
from models.stage import Stage


class Context(Model):
    """What verifiers are told instead of looking it up themselves: they have no clock."""

    stage: Stage
    today: date
    """The day that expiry and intervals are judged against, in UTC."""
