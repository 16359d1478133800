"""What a company sees around a candidate, laid out for the report: where, through what, to whom."""

from collections.abc import Iterator
from datetime import UTC

from models.circumstances import Circumstances, Session
from models.surroundings import Dispatch, Inventory, Surroundings, Visit
from service.report.shown import Said, SurroundingsShown
from verifiers.environment.virtual import virtual_machine

_MOST_VISITS = 30
"""The newest; a report is to be read."""
_KINDS = (
    ("software", "program"),
    ("usb", "USB device"),
    ("displays", "display"),
    ("cameras", "camera"),
)


def surroundings_shown(told: Surroundings, seen: Circumstances) -> SurroundingsShown:
    """Rows of what was told, each with what is known of it. `seen` is made of `told`."""
    # One session a visit, in the order of the visits; several visits may be of one moment.
    visits = list(zip(told.visits, seen.sessions, strict=True))
    visits.sort(key=lambda pair: pair[0].at, reverse=True)
    return SurroundingsShown(
        visits=tuple(_visit(*pair) for pair in visits[:_MOST_VISITS]),
        visits_left_out=max(0, len(visits) - _MOST_VISITS),
        devices=tuple(map(_device, told.inventories)),
        shipments=tuple(map(_shipment, told.dispatches)),
        pay=tuple(_pay(told)),
    )


def _visit(visit: Visit, session: Session) -> Said:
    return Said(
        name=f"{visit.at.astimezone(UTC):%-d %B %Y, %H:%M} UTC",
        answer=_place(session),
        tone="unknown" if session.anonymous else "plain",
        words=f"from {visit.ip}" + (f", clock of {visit.time_zone}" if visit.time_zone else ""),
    )


def _place(session: Session) -> str:
    if session.anonymous:
        return f"hidden ({session.hidden_by})" if session.hidden_by else "hidden"
    if session.relay:
        return "a private relay or gateway"
    return session.country_code or "not known"


def _device(device: Inventory) -> Said:
    listed = [
        f"{len(items)} {name}{'' if len(items) == 1 else 's'}"
        for field, name in _KINDS
        if (items := getattr(device, field)) is not None
    ]
    what = " ".join(filter(None, (device.vendor, device.model))) or "A device"
    serial = f", serial {device.serial}" if device.serial else ""
    return Said(
        name=f"{what}{serial}",
        answer="virtual machine" if virtual_machine(device) else "device",
        tone="plain",
        words=f"{device.source}, {device.reported_at.astimezone(UTC):%-d %B %Y}; listed: "
        + (", ".join(listed) or "nothing"),
    )


def _shipment(dispatch: Dispatch) -> Said:
    when = [
        f"{word} {day:%-d %B %Y}"
        for word, day in (("sent", dispatch.dispatched_on), ("arrived", dispatch.delivered_on))
        if day
    ]
    changed = len(dispatch.changes)
    if changed:
        when.append(f"address changed {changed} time{'s' if changed > 1 else ''}")
    return Said(
        name=f"Serial {dispatch.serial}" if dispatch.serial else "Equipment",
        answer="shipment",
        tone="plain",
        words="; ".join([*([dispatch.to.on_one_line] if dispatch.to else []), *when])
        or "nothing more was told",
    )


def _pay(told: Surroundings) -> Iterator[Said]:
    pay = told.payroll
    if pay is None:
        return
    account = pay.iban or pay.account
    says = {None: "not told", True: "the candidate's", False: "not the candidate's"}
    yield Said(
        name=f"Account ending in {account[-4:]}" if account else "Account",
        answer="pay",
        tone="plain",
        words=f"held by {pay.holder or 'nobody who was told'}; "
        f"the bank says: {says[pay.holder_matches]}"
        + (f"; in {pay.country_code}" if pay.country_code else "")
        + (f"; changed {len(pay.changed_on)} times" if pay.changed_on else ""),
    )
