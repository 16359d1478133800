"""What the company's own devices tell: which they are, and by what they are steered from elsewhere.

From inventories that the company's agents report. Everything seen here is in honest use somewhere,
and all of it can be hidden, so a clean inventory says nothing. The newest report of each device
counts: what was removed since is gone.
"""

from collections.abc import Iterable

from models.finding import EvidenceClass, Seen, Strength
from models.rule import Fact
from models.surroundings import Inventory
from verifiers.case import Case
from verifiers.environment import devices_sent
from verifiers.environment.device_reports import newest, seen_device
from verifiers.environment.kvm import Carrier, carriers
from verifiers.environment.remote_tools import Installed, ways_in
from verifiers.environment.virtual import played_cameras
from verifiers.rule import Clash, Judgement, Missing, Registry

_registry = Registry()

_TWO = 2
_SHOWN = 5


@_registry.rule(
    id="ENV-01",
    version=1,
    # Far weaker than its severity asks: one such program is most often the company's own helpdesk.
    strength=Strength.WEAK,
    indicators=("DPRK-DEV-02",),
    benign="The company's own helpdesk, an earlier employer's program, or help given to a parent.",
    question="Who put this program for remote access on the device, and what is it used for?",
    evidence_class=EvidenceClass.DEVICE,
)
def remote_access_program(case: Case) -> Judgement:
    """A program by which others can steer the device is on it, and the company allows none such."""
    listed = newest(case.seen.inventories, "software")
    if not listed:
        yield Missing(Fact.INVENTORY)
    for inventory in listed:
        ways = _ways_in(case, inventory)
        if len(ways) == 1 and not carriers(inventory):
            name = ways[0][0].software.name
            yield Clash(
                f"{name}, by which others can steer a device, is on {_called(inventory)}.",
                _seen_of(inventory, ways),
            )


@_registry.rule(
    id="ENV-02",
    version=1,
    # Its severity asks for more, but suites of helpdesks bring several programs of several makers.
    strength=Strength.MODERATE,
    indicators=("DPRK-DEV-02",),
    benign="A helpdesk that changed its program, or a computer taken over from an earlier job.",
    question="Who put each of these programs for remote access on the device, and is each needed?",
    evidence_class=EvidenceClass.DEVICE,
)
def several_ways_in(case: Case) -> Judgement:
    """By two or more products, or by one beside hardware of that kind, others steer the device."""
    listed = newest(case.seen.inventories, "software")
    if not listed:
        yield Missing(Fact.INVENTORY)
    for inventory in listed:
        ways, hardware = _ways_in(case, inventory), carriers(inventory)
        if len(ways) >= _TWO or (ways and hardware):
            names = ", ".join(way[0].software.name for way in ways[:_SHOWN])
            beside = f" beside {hardware[0].product}" if hardware else ""
            yield Clash(
                f"Others can steer {_called(inventory)} in several ways: {names}{beside}.",
                (*_seen_of(inventory, ways), *_seen_carriers(hardware)),
            )


@_registry.rule(
    id="ENV-03",
    version=1,
    strength=Strength.STRONG,
    indicators=("DPRK-DEV-03",),
    benign="Somebody who looks after machines far away, or who built one for a laboratory at home.",
    question="What is this hardware for, and can you unplug it and show the device and your face?",
    evidence_class=EvidenceClass.DEVICE,
)
def remote_control_hardware(case: Case) -> Judgement:
    """Hardware that carries keyboard, mouse and screen over a network names itself."""
    listed = _with_ports(case)
    if not listed:
        yield Missing(Fact.INVENTORY)
    for inventory in listed:
        if named := [carrier for carrier in carriers(inventory) if carrier.named]:
            yield Clash(
                f"{named[0].product}, which carries keyboard, mouse and screen over a network, "
                f"is connected to {_called(inventory)}.",
                (*seen_device(inventory), *_seen_carriers(named)),
            )


@_registry.rule(
    id="ENV-04",
    version=1,
    strength=Strength.WEAK,
    indicators=("DPRK-DEV-03",),
    benign="A single-board computer that somebody programs, a projector, or a card that records.",
    question="What is connected to the device here, and what is it used for?",
    evidence_class=EvidenceClass.DEVICE,
)
def hardware_like_remote_control(case: Case) -> Judgement:
    """Something connected is of a kind that such hardware is made of, and does not name itself."""
    listed = _with_ports(case)
    if not listed:
        yield Missing(Fact.INVENTORY)
    for inventory in listed:
        found = carriers(inventory)
        if found and not found[0].named:
            yield Clash(
                f"{found[0].product[0].upper()}{found[0].product[1:]}, of which hardware for "
                f"remote control is made, is connected to {_called(inventory)}.",
                (*seen_device(inventory), *_seen_carriers(found)),
            )


@_registry.rule(
    id="ENV-05",
    version=1,
    strength=Strength.WEAK,
    indicators=("DPRK-DEV-10",),
    benign="Lessons or streams with titles, a blurred room, or a telephone used as a camera.",
    question=None,
    evidence_class=EvidenceClass.DEVICE,
)
def played_camera(case: Case) -> Judgement:
    """The device has software that can show any film or changed face as a camera."""
    cameras = newest(case.seen.inventories, "cameras")
    programs = newest(case.seen.inventories, "software")
    if not cameras and not programs:
        yield Missing(Fact.INVENTORY)
    for inventory in dict.fromkeys((*cameras, *programs)):
        if found := played_cameras(inventory):
            yield Clash(
                f"Software that can show anything as a camera is on {_called(inventory)}: "
                f"{found[0][1]}.",
                (
                    *seen_device(inventory),
                    *(Seen(what=what, value=name) for what, name in found[:_SHOWN]),
                ),
            )


RULES = (*_registry.rules, *devices_sent.RULES)
"""What inventories of the company's devices say."""


def _ways_in(case: Case, inventory: Inventory) -> tuple[tuple[Installed, ...], ...]:
    return ways_in(inventory.software or (), case.seen.allowed_tools)


def _with_ports(case: Case) -> list[Inventory]:
    """The newest reports that list what is connected."""
    inventories = case.seen.inventories
    return list(dict.fromkeys((*newest(inventories, "usb"), *newest(inventories, "displays"))))


def _called(inventory: Inventory) -> str:
    """The device, in words."""
    model = " ".join(filter(None, (inventory.vendor, inventory.model)))
    return f"the device ({model})" if model else "the device"


def _seen_of(inventory: Inventory, ways: Iterable[tuple[Installed, ...]]) -> tuple[Seen, ...]:
    programs = (
        Seen(
            what=f"program, known as {way[0].tools[0]}",
            value=way[0].software.file or way[0].software.name,
        )
        for way in list(ways)[:_SHOWN]
    )
    return (*seen_device(inventory), *programs)


def _seen_carriers(found: Iterable[Carrier]) -> tuple[Seen, ...]:
    return tuple(
        Seen(what=f"{carrier.what}, known as {carrier.product}", value=carrier.told)
        for carrier in list(found)[:_SHOWN]
    )
