"""What the store answers when it cannot do what it is asked.

StoreError
├── NotFound    there is no such thing, or none of this tenant
└── Conflict    it is there, but not in a state that allows this
"""


class StoreError(Exception):
    """The base of these."""


class NotFound(StoreError):
    """No such thing, or none of this tenant: the two are not told apart."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Conflict(StoreError):
    """The thing is there but does not allow this now.

    Attributes:
        name: stable, for the `type` of the problem that a client reads.
        detail: a sentence that says what to do, without personal data.
    """

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(name, detail)
        self.name = name
        self.detail = detail
