"""What counts on a device, and what does not."""

from datetime import date
from itertools import permutations

import pytest

from models.circumstances import Circumstances
from models.surroundings import Dispatch, Display, Software
from tests.environment.inventories import HONEST, a_device, an_honest_device
from tests.rules.building import a_case
from verifiers import shipped_lists
from verifiers.environment import devices
from verifiers.environment.kvm import carriers
from verifiers.environment.remote_tools import (
    GENERIC_FILES,
    NEVER_COUNTED,
    Installed,
    known_tools,
    ways_in,
)
from verifiers.environment.virtual import played_cameras, virtual_machine
from verifiers.judging import judge


def _known(name: str, file: str | None = None) -> tuple[Installed, ...]:
    return known_tools([Software(name=name, file=file)])


def test_every_program_of_the_list_is_known_by_its_name() -> None:
    for tool in shipped_lists.remote_tools():
        assert tool.name in [name for one in _known(tool.name) for name in one.tools]


def test_every_program_of_the_list_is_known_by_its_files_in_any_folder_and_case() -> None:
    for tool in shipped_lists.remote_tools():
        for file in tool.processes:
            if file not in GENERIC_FILES:
                file = file.replace("[a-z0-9]*", "a7").replace("*", "x1")
                (one,) = _known("Something", file.upper())
                assert tool.name in one.tools, file


def test_what_is_left_out_stands_in_the_list() -> None:
    tools = shipped_lists.remote_tools()
    assert {tool.name for tool in tools} >= NEVER_COUNTED
    assert {file for tool in tools for file in tool.processes} >= GENERIC_FILES


@pytest.mark.parametrize(
    "name",
    [
        "TeamViewer", "TeamViewer Host", "teamviewerd", "AnyDesk", "anydesk", "AnyDesk.app",
        "ScreenConnect Client (31b0a2c77ab)", "chrome-remote-desktop", "AteraAgent", "RustDesk",
        "Splashtop Streamer", "tigervnc-standalone-server", "VNC Server 7.1", "parsecd",
        "Radmin Server 3.5", "Jump Desktop Connect", "DWAgent", "xrdp", "Level", "x11vnc",
        "tightvncserver", "WebEx (Remote Access)", "Acronis Cyber Protect (Remotix)",
    ],
)  # fmt: skip
def test_what_lets_others_in_is_known_as_systems_write_it(name: str) -> None:
    assert ways_in([Software(name=name)])


@pytest.mark.parametrize(
    "name",
    ["Webex", "Webex Meetings", "GoTo Meetings", "Acronis Cyber Protect",
     "gnome-remote-desktop", "krfb", "vino"],
)  # fmt: skip
def test_a_makers_other_programs_and_what_a_distribution_brings_let_nobody_in(name: str) -> None:
    assert ways_in([Software(name=name)]) == ()


@pytest.mark.parametrize("process", ["krfb", "vino-server"])
def test_what_a_distribution_brings_counts_where_it_runs(process: str) -> None:
    assert ways_in([Software(name=process, file=process)])


@pytest.mark.parametrize("kind", HONEST)
def test_an_ordinary_device_of_work_is_left_alone(kind: str) -> None:
    device = an_honest_device(kind)
    assert ways_in(device.software or ()) == ()
    assert carriers(device) == ()
    assert played_cameras(device) == ()
    assert virtual_machine(device) is None
    assert judge(devices.RULES, a_case(seen=Circumstances(inventories=(device,)))).findings == ()


def test_a_publisher_alone_is_never_enough() -> None:
    for tool in shipped_lists.remote_tools():
        for signer in tool.signers:
            assert not known_tools([Software(name="Photos", publisher=signer)])


def test_what_the_company_allows_counts_no_more_under_any_of_its_names() -> None:
    programs = [Software(name="ScreenConnect Client (1f2e)"), Software(name="RustDesk")]
    assert len(ways_in(programs)) == 2
    assert len(ways_in(programs, allowed=["ScreenConnect"])) == 1
    assert ways_in(programs, allowed=["screenconnect", "rustdesk"]) == ()


@pytest.mark.parametrize(
    ("strings", "product"),
    [
        (("1d6b", "0104", "PiKVM", "PiKVM Composite Device", "CAFEBABE"), "PiKVM"),
        (("1d6b", "0104", "Corsair", "Gaming RGB", "cafebabe"), "PiKVM"),
        (("6940", "6973", "tinypilot", "Multifunction USB Device"), "TinyPilot"),
        (("1d6b", "0104", "JetKVM", "JetKVM USB Emulation Device"), "JetKVM"),
        (("3346", "1009", "sipeed", "NanoKVM"), "NanoKVM"),
        (("1d6b", "0104", "BLIKVM", "USB Device"), "BliKVM"),
        (("1d6b", "0106", "smart-kvm", "Multifunction USB Device"), "a KVM built on Linux"),
        (("14dd", "1007", "Raritan", "D2CIM-DVUSB"), "Raritan Dominion"),
    ],
)
def test_hardware_for_remote_control_names_itself_on_the_usb(
    strings: tuple[str, ...], product: str
) -> None:
    (found,) = carriers(a_device(usb=(strings,)))
    assert (found.product, found.named) == (product, True)


@pytest.mark.parametrize(
    ("display", "named"),
    [
        (Display(manufacturer="LNX", product_code=0x7773, name="Any name"), True),
        (Display(manufacturer="XYZ", name="PiKVM V4 Plus"), True),
        (Display(manufacturer="TSB", product_code=0x8888, name="T749-fHD720"), False),
        (Display(name="LT6911UXC"), False),
    ],
)
def test_hardware_for_remote_control_names_itself_as_a_display(
    display: Display, named: bool
) -> None:
    (found,) = carriers(a_device(displays=(display,)))
    assert found.named is named


@pytest.mark.parametrize(
    "strings",
    [
        ("1d6b", "0104", "keymimepi", "Generic USB Keyboard", "6b65796d696d6570690"),
        ("3346", "1009", "sipeed", "licheervnano"),
    ],
)
def test_a_board_that_somebody_builds_with_is_of_the_kind_and_not_named(
    strings: tuple[str, ...],
) -> None:
    (found,) = carriers(a_device(usb=(strings,)))
    assert not found.named


def test_one_program_beside_such_hardware_is_more_than_either() -> None:
    gadget = ("1d6b", "0104", "Linux", "Gadget")
    seen = Circumstances(inventories=(a_device("AnyDesk", usb=(gadget,)),))
    codes = [finding.code for finding in judge(devices.RULES, a_case(seen=seen)).findings]
    assert codes == ["device.several_ways_in", "device.hardware_like_remote_control"]


def test_the_order_in_which_devices_are_told_changes_nothing() -> None:
    told = (
        a_device("AnyDesk", usb=(("1d6b", "0104"),)),
        a_device("TeamViewer", serial="5CD1234XYZ", cameras=("ManyCam Virtual Webcam",)),
        a_device(serial="VM1", vendor="QEMU"),
    )
    sent = Dispatch(serial="S1", delivered_on=date(2026, 2, 13))
    outcomes = {
        tuple(judge(devices.RULES, a_case(seen=seen)).rules)
        for order in permutations(told)
        for seen in [Circumstances(inventories=order, dispatches=(sent,))]
    }
    assert len(outcomes) == 1


@pytest.mark.parametrize("kind", HONEST)
def test_one_more_ordinary_device_adds_nothing(kind: str) -> None:
    told = a_device("AnyDesk", cameras=("OBS Virtual Camera",))
    more = an_honest_device(kind, serial="ANOTHER1")
    alone, both = (
        judge(devices.RULES, a_case(seen=Circumstances(inventories=inventories)))
        for inventories in ((told,), (more, told))
    )
    assert alone.contradictions
    assert both.contradictions == alone.contradictions


@pytest.mark.parametrize(
    ("vendor", "model"),
    [
        ("VMware, Inc.", "VMware Virtual Platform"),
        ("innotek GmbH", "VirtualBox"),
        ("QEMU", "Standard PC (Q35 + ICH9, 2009)"),
        ("Parallels International GmbH.", "Parallels ARM Virtual Machine"),
        ("Microsoft Corporation", "Virtual Machine"),
        ("Apple Inc.", "VirtualMac2,1"),
        ("Xen", "HVM domU"),
    ],
)
def test_a_virtual_machine_says_what_it_is(vendor: str, model: str) -> None:
    assert virtual_machine(a_device(vendor=vendor, model=model))


def test_recording_software_counts_only_where_it_is_offered_as_a_camera() -> None:
    assert played_cameras(a_device("OBS Studio")) == ()
    assert played_cameras(a_device("OBS Studio", cameras=("OBS Virtual Camera",)))
    assert played_cameras(a_device("DeepFaceLive_NVIDIA"))
