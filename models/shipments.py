"""Equipment that a company sends, told in steps: planned, redirected, sent, delivered."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from models.base import Model
from models.contact_claims import PostalAddress
from models.seen_values import MOST_CHANGES, Day, Text, same_writing


class AddressChange(Model):
    """A change of where a shipment goes."""

    on: Day | None = None
    """`None` where no day was told: such a change was not late, as far as anybody knows."""
    to: PostalAddress | None = None
    replaced: PostalAddress | None = None
    """Where it was to go before."""


class Dispatch(Model):
    """Equipment sent or to be sent to the candidate."""

    to: PostalAddress | None = None
    serial: Text | None = None
    """Of the device in it."""
    dispatched_on: Day | None = None
    delivered_on: Day | None = None
    changes: tuple[AddressChange, ...] = Field(default=(), max_length=MOST_CHANGES)
    """After the offer."""
    mail_drop: bool | None = None
    """A postal service says that it is a box, a mail agency, a forwarder or a carrier's shop."""
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    """Of the address, as a postal service tells it."""

    def and_then(self, told: "Dispatch") -> "Dispatch":
        """With what is told of it later; what that leaves open stays.

        What is known of an address goes with it, where it is now sent to another, and the address
        before stays as a change. Of two addresses the one that is told last counts.
        """
        known = self
        if told.to is not None and told.to != self.to:
            known = self.model_copy(update=dict.fromkeys(_OF_ITS_ADDRESS))
        said = {name: getattr(told, name) for name in _said(told)}
        changes = _united((*self.changes, *told.changes))
        if self.to and told.to and not _may_be_one_place(self.to, told.to):
            on_its_way = self.dispatched_on if self.delivered_on is None else None
            changes = _redirected(changes, self.to, told.to, on_its_way)
        ordered = sorted(changes, key=lambda change: change.on or date.min)[-MOST_CHANGES:]
        return known.model_copy(update={**said, "changes": tuple(ordered)})


def _united(changes: Iterable[AddressChange]) -> list[AddressChange]:
    """Each once; of one that is told with and without the address before, that with it."""
    once: list[AddressChange] = []
    for change in changes:
        bare = _bare(change)
        if change in once or (change == bare and any(_bare(one) == bare for one in once)):
            continue
        if bare in once:
            once[once.index(bare)] = change
        else:
            once.append(change)
    return once


def _bare(change: AddressChange) -> AddressChange:
    return change.model_copy(update={"replaced": None})


def _redirected(
    changes: list[AddressChange], before: PostalAddress, to: PostalAddress, sent_on: date | None
) -> list[AddressChange]:
    """With the address before in the change that led here, or in one of its own.

    That one has the day of the dispatch where it was on its way. Else nobody knows when it was: who
    moves a year after the delivery redirected nothing.
    """
    here = [change for change in changes if change.to == to]
    if any(change.replaced == before for change in here):
        return changes
    telling = next((change for change in reversed(here) if change.replaced is None), None)
    if telling is None:
        return [*changes, AddressChange(on=sent_on, to=to, replaced=before)]
    told = telling.model_copy(update={"replaced": before})
    return [told if change is telling else change for change in changes]


def _may_be_one_place(one: PostalAddress, other: PostalAddress) -> bool:
    """Whether what both of two addresses tell is the same writing, and the street is among it."""
    both = [
        (same_writing(mine), same_writing(theirs))
        for name in ("address", "postal_code", "city", "region", "country_code")
        if (mine := getattr(one, name)) and (theirs := getattr(other, name))
    ]
    told = bool(one.address and other.address) or one == other
    return told and all(mine == theirs for mine, theirs in both)


_OF_ITS_ADDRESS = ("to", "mail_drop", "latitude", "longitude")


def _said(dispatch: Dispatch) -> list[str]:
    return [name for name in Dispatch.model_fields if getattr(dispatch, name) is not None]


def in_steps(known: Iterable[Dispatch], told: Iterable[Dispatch]) -> tuple[Dispatch, ...]:
    """What was told of shipments first and then, those told of last at the end."""
    before, after = list(known), list[Dispatch]()
    for one in _once_each(told):
        earlier = _earlier(one, before)
        if earlier is None:
            after.append(one)
        elif (then := earlier.and_then(one)) != earlier:
            before.remove(earlier)
            after.append(then)
    return (*before, *after)


def _once_each(told: Iterable[Dispatch]) -> list[Dispatch]:
    """Of one telling, with the steps of those that have a serial number united."""
    once: list[Dispatch] = []
    for one in told:
        at = next((at for at, each in enumerate(once) if _are_one(each, one)), len(once))
        before = once.pop(at) if at < len(once) else Dispatch()
        once.insert(at, before.and_then(one))
    return once


def _earlier(one: Dispatch, told: Iterable[Dispatch]) -> Dispatch | None:
    """The same shipment as it was told of before; the latest that fits.

    It has the same serial number; or says all of this already; or, where one of the two has no
    serial number, was without a date until now, and goes to no other place, or is said to have been
    redirected.
    """
    known = list(told)[::-1]
    open_ = [each for each in known if not (_number(one) and _number(each))]
    same = [each for each in known if _are_one(each, one)]
    said = [each for each in open_ if each.and_then(one) == each]
    undated = [
        each
        for each in open_
        if each.dispatched_on is None and each.delivered_on is None and _goes_there(each, one)
    ]
    return next(iter((*same, *said, *undated)), None)


def _goes_there(plan: Dispatch, told: Dispatch) -> bool:
    """Whether a plan may have become this: else a screen to one place would take a laptop's."""
    if plan.to is None or told.to is None or told.changes:
        return True
    return _may_be_one_place(plan.to, told.to)


def _are_one(one: Dispatch, other: Dispatch) -> bool:
    return bool(_number(one)) and _number(one) == _number(other)


def _number(dispatch: Dispatch) -> str:
    return same_writing(dispatch.serial or "")
