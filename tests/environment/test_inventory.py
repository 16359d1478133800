"""Exports of device agents, read: what devices are and what is on them, and nothing of people."""

import base64
import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.surroundings import Camera, Display, Inventory, Software, Surroundings, UsbDevice
from tests.environment.inventories import NOON, an_edid
from verifiers.environment.inventory import UnreadableInventory, read_inventory
from verifiers.environment.inventory.edid import parse_edid
from verifiers.environment.told import read_told

SYSTEM = {
    "hostname": "annas-laptop",
    "uuid": "4C4C4544-0042-4410-8051-B5C04F564433",
    "computer_name": "Anna Example",
    "hardware_vendor": "Dell Inc. ",
    "hardware_model": "Precision 5680",
    "hardware_serial": "5BDQVD3",
}
USB = {
    "usb_address": "7", "usb_port": "2", "vendor": "PiKVM", "vendor_id": "1d6b", "version": "256",
    "model": "PiKVM Composite Device", "model_id": "104", "serial": "CAFEBABE", "removable": "1",
}  # fmt: skip
PIKVM = UsbDevice(
    vendor_id="1d6b",
    product_id="0104",
    vendor="PiKVM",
    product="PiKVM Composite Device",
    serial="CAFEBABE",
)
PROGRAM = {
    "name": "AnyDesk", "version": "ad 8.0.10", "install_location": r"C:\Users\anna\AnyDesk",
    "publisher": "AnyDesk Software GmbH", "language": "ko-KR",
}  # fmt: skip
PROCESS = {"pid": "812", "name": "rustdesk", "path": "/home/anna/bin/rustdesk"}
TABLES: dict[str, Any] = {
    "system_info": [SYSTEM],
    "os_version": [{"name": "Ubuntu", "version": "24.04"}],
    "usb_devices": [USB],
    "programs": [PROGRAM],
    "processes": [PROCESS],
    "interface_details": [
        {"interface": "lo", "mac": "00:00:00:00:00:00"},
        {"interface": "eth0", "mac": "A4:BB:6D:11:22:33"},
        {"interface": "docker0", "mac": "02:42:ac:11:00:02"},
        {"interface": "vmnet8", "mac": "00:50:56:c0:00:08"},
    ],
    "connected_displays": [
        {"name": "DELL U2720Q", "vendor_id": "10ac", "product_id": "a0b1", "serial_number": "0"}
    ],
}
INTUNE = {
    "id": "705c034c-034c-705c-4c03-5c704c035c70",
    "userId": "anna", "deviceName": "ANNA-PC", "managedDeviceOwnerType": "company",
    "enrolledDateTime": "2026-02-09T10:00:00Z", "lastSyncDateTime": "2026-03-09T08:15:30Z",
    "emailAddress": "anna@example.com", "userDisplayName": "Anna Example",
    "manufacturer": "LENOVO", "model": "21HMCTO1WW", "serialNumber": "PF3ABCDE",
    "wiFiMacAddress": "A4BB6D112233", "ethernetMacAddress": None,
    "detectedApps": [
        {"displayName": "TeamViewer", "version": "15.51", "publisher": "TeamViewer"}
    ],
}  # fmt: skip
JAMF = {
    "id": "7",
    "udid": "1D0A9C7A-5B3E-4B1F-9C59-0A2B3C4D5E6F",
    "general": {
        "name": "Anna's MacBook", "lastIpAddress": "8.8.4.4", "lastReportedIp": "192.168.1.5",
        "lastContactTime": "2026-03-09T08:15:30.123Z", "reportDate": "2026-03-08T08:15:30Z",
    },
    "hardware": {
        "make": "Apple", "model": "MacBook Pro (14-inch, 2021)", "serialNumber": "C02XK1ABJG5H",
        "macAddress": "3C:22:FB:00:11:22", "altMacAddress": "",
    },
    "userAndLocation": {"username": "anna", "realname": "Anna Example"},
    "applications": [
        {"name": "AnyDesk.app", "path": "/Users/anna/Applications/AnyDesk.app", "version": "8.0"}
    ],
}  # fmt: skip
SYNCED = datetime(2026, 3, 9, 8, 15, 30, tzinfo=UTC)


def _read(*values: Any, at: datetime | None = NOON) -> tuple[Inventory, ...]:
    return read_inventory("\n".join(map(json.dumps, values)).encode(), reported_at=at)


def _logged(name: str, **values: Any) -> dict[str, Any]:
    return {"name": name, "hostIdentifier": "annas-laptop", "unixTime": 1773044130, **values}


def test_tables_of_osquery_are_an_inventory() -> None:
    (read,) = _read(TABLES)
    assert read == Inventory(
        source="osquery",
        reported_at=NOON,
        vendor="Dell Inc.",
        model="Precision 5680",
        serial="5BDQVD3",
        uuid="4c4c4544-0042-4410-8051-b5c04f564433",
        mac_addresses=("a4:bb:6d:11:22:33",),
        software=(
            Software(name="AnyDesk", publisher="AnyDesk Software GmbH", version="ad 8.0.10"),
            Software(name="rustdesk", file="rustdesk"),
        ),
        usb=(PIKVM,),
        displays=(Display(manufacturer="DEL", product_code=0xA0B1, name="DELL U2720Q"),),
    )


def test_rows_without_the_name_of_their_table_are_known_by_their_columns() -> None:
    assert _read(*TABLES.values()) == _read(TABLES)


def test_the_log_of_osqueryd_is_one_inventory_a_host_at_its_newest_line() -> None:
    first, second = _read(
        _logged("pack_assets_system_info", snapshot=[SYSTEM], action="snapshot"),
        _logged("pack/assets/usb_devices", columns=USB, action="added", unixTime=1773044130),
        _logged("programs", diffResults={"added": [PROGRAM], "removed": ""}),
        {"hostIdentifier": "annas-laptop", "severity": 0, "message": "started"},
        _logged("system_info", snapshot=[SYSTEM], hostIdentifier="other"),
    )
    assert (first.serial, first.usb, first.reported_at) == ("5BDQVD3", (PIKVM,), SYNCED)
    assert first.software
    assert first.software[0].name == "AnyDesk"
    assert (second.usb, second.software) == (None, None)


def test_what_the_log_removes_again_is_gone() -> None:
    added = _logged("usb_devices", columns=USB, action="added")
    (read,) = _read(added, {**added, "action": "removed"})
    assert read.usb == ()


def test_drivers_of_windows_tell_what_is_on_the_usb_and_on_the_cable() -> None:
    drivers = [
        {"device_id": r"USB\VID_1D6B&PID_0104\CAFEBABE", "device_name": "USB Composite Device",
         "manufacturer": "(Standard USB Host Controller)"},
        {"device_id": r"USB\VID_046D&PID_C52B\6&2A1", "device_name": "Receiver"},
        {"device_id": r"DISPLAY\LNX7773\5&1", "device_name": "Generic PnP Monitor"},
        {"device_id": r"ROOT\CAMERA\0000", "device_name": "OBS Virtual Camera", "class": "Camera"},
    ]  # fmt: skip
    (read,) = _read({"drivers": drivers})
    assert read.usb
    assert [(u.vendor_id, u.product_id, u.serial) for u in read.usb] == [
        ("1d6b", "0104", "CAFEBABE"),
        ("046d", "c52b", None),
    ]
    assert read.displays == (
        Display(manufacturer="LNX", product_code=0x7773, name="Generic PnP Monitor"),
    )
    assert read.cameras == (Camera(name="OBS Virtual Camera"),)


@pytest.mark.parametrize("wrap", [lambda d: d, lambda d: [d], lambda d: {"value": [d]}])
def test_devices_of_intune_are_inventories(wrap: Any) -> None:
    (read,) = _read(wrap(INTUNE))
    assert read == Inventory(
        source="Intune",
        reported_at=SYNCED,
        exported_at=NOON,
        vendor="LENOVO",
        model="21HMCTO1WW",
        serial="PF3ABCDE",
        mac_addresses=("a4:bb:6d:11:22:33",),
        software=(Software(name="TeamViewer", publisher="TeamViewer", version="15.51"),),
    )


@pytest.mark.parametrize("wrap", [lambda d: d, lambda d: {"totalCount": 1, "results": [d]}])
def test_computers_of_jamf_are_inventories(wrap: Any) -> None:
    (read,) = _read(wrap(JAMF))
    assert read == Inventory(
        source="Jamf Pro",
        reported_at=SYNCED.replace(microsecond=123000),
        exported_at=NOON,
        ip="8.8.4.4",
        vendor="Apple",
        model="MacBook Pro (14-inch, 2021)",
        serial="C02XK1ABJG5H",
        uuid="1d0a9c7a-5b3e-4b1f-9c59-0a2b3c4d5e6f",
        mac_addresses=("3c:22:fb:00:11:22",),
        software=(Software(name="AnyDesk", file="AnyDesk.app", version="8.0"),),
    )


@pytest.mark.parametrize("told", [TABLES, INTUNE, JAMF], ids=["osquery", "Intune", "Jamf"])
def test_nothing_of_the_person_is_read(told: Any) -> None:
    (read,) = _read(told)
    assert "anna" not in read.model_dump_json().lower()
    assert "ko-KR" not in read.model_dump_json()


def test_a_phone_used_as_camera_or_screen_is_not_named_after_its_owner() -> None:
    (read,) = _read(
        {
            "cameras": [{"name": "Anna’s iPhone Camera"}],
            "displays": [{"name": "iPad de Anna", "edid": ""}],
        }
    )
    assert (read.cameras, read.displays) == ((Camera(name="iPhone"),), (Display(name="iPad"),))


@pytest.mark.parametrize("key", ["detectedApps", "applications"])
def test_a_list_that_was_not_exported_is_not_listed_rather_than_empty(key: str) -> None:
    told = {**(INTUNE if key == "detectedApps" else JAMF), key: None}
    assert _read(told)[0].software is None
    assert _read({**told, key: []})[0].software == ()


def test_our_own_json_is_read_in_either_writing_and_one_or_several() -> None:
    snake = {
        "source": "our MDM",
        "reported_at": "2026-03-10T12:00:00Z",
        "usb": [{"vendor_id": "1d6b", "product_id": "0104"}],
        "displays": [{"edid": an_edid().hex()}],
    }
    camel = {
        "source": "our MDM",
        "reportedAt": "2026-03-10T12:00:00Z",
        "usb": [{"vendorId": "1d6b", "productId": "0104"}],
        "displays": [{"edid": base64.b64encode(an_edid()).decode()}],
    }
    (read,) = _read(snake)
    assert read.usb == (UsbDevice(vendor_id="1d6b", product_id="0104"),)
    assert read.displays == (Display(manufacturer="DEL", product_code=0xA0B1, name="DELL U2720Q"),)
    assert _read([snake, camel]) == (read, read)


@pytest.mark.parametrize("number", ["To Be Filled By O.E.M.", "System Serial Number", "0000", "-"])
def test_a_serial_number_that_boards_say_without_one_is_none(number: str) -> None:
    system = {**SYSTEM, "hardware_serial": number, "uuid": "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"}
    (read,) = _read({"system_info": [system]})
    assert (read.serial, read.uuid) == (None, None)


def test_an_edid_names_its_display() -> None:
    told = parse_edid(an_edid("LNX", 0x7773, "PiKVM V4 Plus", number=77))
    assert told == Display(
        manufacturer="LNX", product_code=0x7773, name="PiKVM V4 Plus", serial="77"
    )


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (an_edid()[:100], "100 bytes"),
        (b"\xff" + an_edid()[1:], "without its header"),
        (an_edid()[:20] + b"\x99" + an_edid()[21:], "checksum"),
    ],
)
def test_a_damaged_edid_is_refused_with_its_reason(block: bytes, why: str) -> None:
    with pytest.raises(UnreadableInventory, match=why):
        parse_edid(block)


def test_a_damaged_edid_in_an_export_leaves_what_stands_beside_it() -> None:
    row = {"name": "Screen", "edid": an_edid()[:50].hex()}
    assert _read({"displays": [row]})[0].displays == (Display(name="Screen"),)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "^The file is empty; expected JSON"),
        (b"<plist/>", "is not JSON: .* at line 1, column 1"),
        (b"\x89PNG\xff", "is not UTF-8 text"),
        (b'{"a": NaN}', "a number that is not JSON"),
        (b"[" * 100_000, "too deep"),
        (b'{"hello": 1}', "of no kind that is read; expected osquery"),
        (b'{"usb_devices": {"a": 1}}', "holds no list at value 1, usb_devices"),
        (b'{"usb_devices": []} 7', "neither tables nor rows at value 2"),
        (b'[{"pid": "1", "name": "a"}] [3]', "when the device reported"),
        (b'{"usb_devices": ["a"]}', r"holds no object at value 1, usb_devices\[0\]"),
        (b'{"value": [{"managedDeviceOwnerType": "company"}]}', "when the device reported"),
        (b'{"source": "us", "usb": [{"vendor_id": "xyz!"}]}', r"usb\[0\].vendor_id is not what"),
        (b'{"source": "us", "reported_at": "2026-03-10T12:00:00"}', "must have a time zone"),
        (b" " * 20_000_001, "at most 20 MB"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_is_expected(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableInventory, match=why):
        read_inventory(data)


def test_an_export_of_a_whole_company_is_refused() -> None:
    with pytest.raises(UnreadableInventory, match="21 devices; at most 20"):
        _read({"value": [INTUNE] * 21})


def test_lists_are_bounded_and_the_programs_go_before_the_packages() -> None:
    packages = [{"name": f"lib{number}", "version": "1"} for number in range(6000)]
    (read,) = _read({"deb_packages": packages, "programs": [PROGRAM]})
    assert read.software
    assert len(read.software) == 5000
    assert read.software[0].name == "AnyDesk"


def test_a_row_that_nests_deep_harms_nothing() -> None:
    deep = b'{"usb_devices": [{"vendor_id": "1d6b", "model_id": "0104", "x": %s}]}'
    (read,) = read_inventory(deep % (b"[" * 900 + b"]" * 900), reported_at=NOON)
    assert read.usb == (UsbDevice(vendor_id="1d6b", product_id="0104"),)


def test_surroundings_and_logs_are_told_apart() -> None:
    seen = {"work_country": "US", "allowed_tools": ["AnyDesk"]}
    assert read_told(json.dumps(seen).encode("utf-8-sig")) == Surroundings.model_validate(seen)
    log = "\n".join(json.dumps(_logged("usb_devices", snapshot=[USB])) for _ in range(2))
    assert read_told(log.encode()).inventories[0].usb == (PIKVM,)
    with pytest.raises(UnreadableInventory, match=r"what is seen: visits\[0\].ip is missing"):
        read_told(b'{"visits": [{"at": "2026-03-10T12:00:00Z"}]}')


def test_powershells_utf_16_is_read() -> None:
    (read,) = read_inventory(json.dumps(INTUNE).encode("utf-16"))
    assert (read.serial, read.exported_at) == ("PF3ABCDE", None)


_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["value", "results", "udid", "general", "hardware", "applications", "detectedApps",
             "lastSyncDateTime", "name", "snapshot", "columns", "diffResults", "usb_devices",
             "drivers", "device_id", "device_name", "source", "usb", "displays", "edid", "serial"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(_VALUE)
def test_whatever_is_sent_is_read_or_refused_in_words(value: Any) -> None:
    with suppress(UnreadableInventory):
        assert _read(value)
