"""Programs of the list LOLRMM by which a device is steered from elsewhere, on a device.

A program is known by its own name or by its file, never by who signed it: large makers sign much
else. The list is made for finding intruders and holds far more than such programs: what developers
and blind people have every day is known here too, and is never counted.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase, translate
from functools import lru_cache

from models.surroundings import Software
from verifiers import shipped_lists

NEVER_COUNTED = frozenset(
    {
        # Part of the operating system.
        "Apple Remote Desktop",
        "Microsoft Quick Assist",
        "Quick Assist",
        "mstsc.exe (Microsoft Remote Desktop Connection)",
        # From here to other machines: terminals, viewers and their address books.
        "Bitvise SSH Client",
        "Chicken (of the VNC)",
        "Chrome SSH Extension",
        "Devolutions Remote Desktop Manager",
        "ExtraPuTTY",
        "FreeRDP",
        "JollysFastVNC",
        "KiTTY",
        "MobaXterm",
        "Mocha VNC Lite",
        "PSEXEC",
        "PuTTY",
        "PuTTY Tray",
        "RDCMan",
        "RdClient",
        "Remmina",
        "Remote Desktop Manager (Devolutions)",
        "Remote Desktop Plus",
        "Royal Apps",
        "Royal Server",
        "Royal TS",
        "SecureCRT",
        "SmarTTY",
        "Solar-PuTTY",
        "SuperPuTTY",
        "Terminals",
        "WebRDP",
        "Xshell",
        "ZOC",
        "mRemoteNG",
        # Secure shells and networks that companies and developers build on.
        "Bitvise SSH Server",
        "CloudFlare Tunnel",
        "Dev Tunnels (aka Visual Studio Dev Tunnel)",
        "Guacamole",
        "LocalXpose",
        "NetBird",
        "PiTunnel",
        "Tailscale",
        "Teleport Connect",
        "Visual Studio Dev Tunnel",
        "ZeroTier",
        "ngrok",
        # Files and backups.
        "Basecamp",
        "DragonDisk",
        "Duplicati",
        "Insync",
        "Koofr",
        "MEGAsync",
        "MultCloud",
        "NordLocker",
        "Onionshare",
        "S3 Browser",
        "SmartFTP",
        "Syncthing",
        "WinSCP",
        "Yandex.Disk",
        "iDrive",
        # One person's several screens and machines, and meetings.
        "Adobe Connect",
        "Duet Display",
        "GoTo Opener",
        "Mouse Without Borders",
        "Synergy",
        # A screen reader: who needs one is nobody's business here.
        "NVDA (Non-Visual Desktop Access)",
        # Messengers: which one people chat with follows from where their friends are.
        "AliWangWang-remote-control",
        "NoteOn-desktop sharing",
        "QQ IM-remote assistance",
        # Guards against theft and viruses, and counters of what is installed.
        "Absolute (Computrace)",
        "ESET Remote Administrator",
        "Free Ping Tool",
        "Free Tools Launcher",
        "Freshservice",
        "GLPI Agent",
        "Ninite Pro (Ninite Agent)",
        "OCS inventory",
        "Rapid7",
        "Site24x7",
        "Sophos-Remote Management System",
        "Zabbix Agent",
    }
)
"""By their names in the list."""

GENERIC_FILES = frozenset(
    {
        # Windows' own, and other makers' products.
        "dwm.exe", "googlemeet.msi", "mstsc.exe", "openssh.msi", "osqueryi.exe", "perl.exe",
        "plink.exe", "rdesktop.exe", "sysdiag.exe", "tar.exe", "teams.exe", "termsrv.exe",
        "wperl.exe",
        # Libraries and helpers that a thousand programs carry.
        "libeay32.dll", "libiconv-2.dll", "libintl-2.dll", "log4net.dll",
        "microsoft.win32.taskscheduler.dll", "mv2.dll", "newtonsoft.json.dll", "nssm.exe",
        "privacymode.dll", "renci.sshnet.dll", "sas.dll", "sciter.dll", "snmpsharpnet.dll",
        "sqlite.interop.dll", "ssleay32.dll", "system.data.sqlite.dll", "vim25service.dll",
        "winpty-agent.exe", "winpty-agent64.exe", "wintun.dll",
        # Ordinary words, by which anybody names a file.
        "accessserver*.exe", "accessserver.exe", "agent-installer-any.exe", "agent.exe",
        "agent32.exe", "agent64.exe", "agent_*_rw.exe", "agent_setup_5.exe", "agentinstaller.dll",
        "agentsetup-*.exe", "appcore.exe", "arpproducticon.exe", "autoupdate.exe", "baseclient.exe",
        "client32.exe", "closeapp.exe", "connect.exe", "cpuchk.exe", "dashboard-windows-amd64.exe",
        "echoserver*.exe", "edocument-*.msi", "goto.exe", "httpget.exe", "httppush.exe",
        "installcore.exe", "installer.exe", "installshield setup.exe", "intouch.exe", "level.exe",
        "manuallauncher.exe", "migrationhelper_32.exe", "migrationhelper_64.exe",
        "monitoringagent.exe", "notificationhelper.exe", "nuke32.exe", "online backup.exe",
        "pidupdater.exe", "prep64.exe", "privacyhelper.exe", "pservice.exe", "rdp.exe",
        "recycler.exe", "regapps.exe", "remote access.exe", "remote desktop.exe",
        "remoteconsole.exe", "rhost.exe", "rmm.agent.exe", "rmmservice.exe", "selfupdater.exe",
        "setup.exe", "simpleservice.exe", "softmon.exe", "statementview.msi", "studentsvc.exe",
        "supporttool.exe", "takecontrol.exe", "tsclient.exe", "ultimate_*.exe",
        "uninstallstatusupdater.exe", "update-shim.exe", "upload.exe", "usernotificationhelper.exe",
        "vhost.exe", "win-installer-*.msi", "winagent.exe", "windowslauncher.exe",
        # Placeholders of the list.
        "<impersonated-org>agent.exe", "<random-6-9-char>.exe", "<random>.exe",
        # A viewer steers others, and `g2m` is the meeting of GoTo, not its remote access.
        "g2m.exe", "g2m_download.exe", "g2mainh.exe", "g2mchat.exe", "g2mcodecinstextractor.exe",
        "g2mcomm.exe", "g2mcoreinstextractor.exe", "g2mfeedback.exe", "g2minstaller.exe",
        "g2minstallerextractor.exe", "g2minsthigh.exe", "g2mlauncher.exe", "g2mmatchmaking.exe",
        "g2mmaterials.exe", "g2mpolling.exe", "g2mqanda.exe", "g2mrecorder.exe",
        "g2mscrutil64.exe", "g2msessioncontrol.exe", "g2mstart.exe", "g2mtesting.exe",
        "g2mtranscoder.exe", "g2mui.exe", "g2muninstall.exe", "g2mupload.exe",
        "g2mvideoconference.exe", "g2mview.exe", "pchelpware_viewer.exe", "romviewer.exe",
        "rutview.exe", "tightvncviewerportable*.exe", "tvnviewer.exe", "vncviewer.exe",
    }
)  # fmt: skip
"""Files of the list by which nothing is known: others have files of the same name."""

_WHOLE_NAMES = frozenset(
    {
        "Any Support", "Barracuda", "BeyondTrust", "Centurion", "Encapto", "Fortra", "Level",
        "ManageEngine", "Netreo", "Remote.it", "Remotely", "RunSmart",
    }
)  # fmt: skip
"""Ordinary words, or makers of much else: nothing may follow these."""
_ANOTHER_PROGRAM = frozenset(
    {"viewer", "vpn", "hamachi", "meeting", "meetings", "authenticator", "lastpass"}
)
"""Words by which a maker's other programs are told: "VNC Viewer", "LogMeIn Hamachi"."""
_ONE_OF_A_MAKERS_MANY = frozenset(
    {"Acronis Cyber Protect (Remotix)", "Netviewer (GoToMeet)", "WebEx (Remote Access)"}
)
"""Without what stands in brackets these are the maker's meetings, or its backups."""
_OF_LINUX = {"x11vnc": "VNC", "tightvncserver": "TightVNC"}
"""Packages and processes that the list does not have; who has one has put it there."""
_RUNNING_ON_LINUX = {"krfb": "VNC", "vino-server": "VNC"}
"""Processes alone: distributions bring the packages. GNOME's own runs on desktops that share
nothing, and is left out."""
_BRINGS_ITS_OWN = "Splashtop"
"""Agents of many helpdesks install it with them; beside one of those it is no second way in."""
_SHORTEST = 3
_OPEN = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class Installed:
    """A program on a device that the list knows."""

    software: Software
    tools: tuple[str, ...]
    """Names in the list that fit it; several are one product under its old and new names."""

    @property
    def steers(self) -> bool:
        """Whether somebody elsewhere can steer the device by it, and it came with no system."""
        return not NEVER_COUNTED.intersection(self.tools)


_LONGEST_NAME = 300
"""Of a program, as `Software` takes it."""


def known_tools(programs: Iterable[Software]) -> tuple[Installed, ...]:
    """Those of the programs that the list knows, in their order."""
    return tuple(Installed(program, names) for program in programs if (names := _tools_of(program)))


def ways_in(
    programs: Iterable[Software], allowed: Iterable[str] = ()
) -> tuple[tuple[Installed, ...], ...]:
    """Programs by which the device can be steered from elsewhere, those of one product together.

    Args:
        programs: what is on the device.
        allowed: programs that the company puts there itself, by name.
    """
    told = [name[:_LONGEST_NAME] for name in allowed if name.strip()]
    permitted = {tool for name in told for tool in _tools_of(Software(name=name))}
    names = {_compact(name) for name in told}
    counted = [
        one
        for one in known_tools(programs)
        if one.steers
        and not permitted.intersection(one.tools)
        and _compact(one.software.name) not in names
    ]
    return _without_what_others_bring(_by_product(counted))


def _by_product(installed: Iterable[Installed]) -> dict[str, tuple[Installed, ...]]:
    products: dict[str, tuple[Installed, ...]] = {}
    for one in installed:
        product = _products()[one.tools[0]]
        products[product] = (*products.get(product, ()), one)
    return products


def _without_what_others_bring(
    products: dict[str, tuple[Installed, ...]],
) -> tuple[tuple[Installed, ...], ...]:
    brought = _products()[_BRINGS_ITS_OWN]
    others = [programs for product, programs in products.items() if product != brought]
    return tuple(others or products.values())


def _tools_of(program: Software) -> tuple[str, ...]:
    files = dict.fromkeys((program.file or "", program.name))
    by_file = (tool for file in files for tool in _by_file(file.casefold()))
    of_linux = _of_linux(program)
    return tuple(dict.fromkeys((*by_file, *_by_name(program.name), *of_linux)))


def _of_linux(program: Software) -> Iterator[str]:
    for name in {program.name.casefold(), (program.file or "").casefold()} & _OF_LINUX.keys():
        yield _OF_LINUX[name]
    if running := _RUNNING_ON_LINUX.get((program.file or "").casefold()):
        yield running


def _by_file(file: str) -> Iterator[str]:
    """Tools with a file of this name; Linux and macOS leave the ending out, or end it in a `d`."""
    names = [file]
    if "." not in file[-5:]:
        names += [f"{file}.exe", f"{file}.app", f"{file.removesuffix('d')}.exe"]
    for name in names:
        yield from _files().get(name, ())
        if _any_pattern().match(name):
            yield from (tool for pattern, tool in _patterns() if fnmatchcase(name, pattern))


def _by_name(name: str) -> tuple[str, ...]:
    """Tools whose name this begins with, word for word, whatever spaces and dots are in it."""
    words = re.findall(r"[^\W_]+", name.casefold())
    if _ANOTHER_PROGRAM.intersection(words):
        return ()
    names, joined = _names(), ""
    found: tuple[str, ...] = ()
    for number, word in enumerate(words[:8], 1):
        joined += word
        tools = names.get(joined, ())
        whole = number == len(words)
        # The longest name that fits is meant: "Splashtop Remote" before "Splashtop".
        found = tuple(tool for tool in tools if whole or tool not in _WHOLE_NAMES) or found
    return found


@lru_cache(maxsize=1)
def _files() -> dict[str, list[str]]:
    """Tools by the name of a file, where no letter of it is left open."""
    files: dict[str, list[str]] = {}
    for file, tool in _telling_files():
        if not _OPEN.search(file):
            files.setdefault(file, []).append(tool)
    return files


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, str]]:
    return [(file, tool) for file, tool in _telling_files() if _OPEN.search(file)]


@lru_cache(maxsize=1)
def _any_pattern() -> re.Pattern[str]:
    """All patterns in one: nearly every program fits none."""
    return re.compile("|".join(translate(pattern) for pattern, _ in _patterns()))


def _telling_files() -> Iterator[tuple[str, str]]:
    for tool in shipped_lists.remote_tools():
        yield from ((file, tool.name) for file in tool.processes if file not in GENERIC_FILES)


@lru_cache(maxsize=1)
def _products() -> dict[str, str]:
    """The product of every name in the list, called by one of its names.

    One product stands there under old and new names and under editions: they share a file, or one
    name begins as the other does.
    """
    product = {tool.name: tool.name for tool in shipped_lists.remote_tools()}

    def join(tools: Iterable[str]) -> None:
        joined = {product[tool] for tool in tools}
        for tool, of in product.items():
            if of in joined:
                product[tool] = min(joined)

    for tools in (*_files().values(), *_names().values()):
        join(tools)
    for tool in list(product):
        join((tool, *_by_name(tool.split()[0])))
    return product


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    """Tools by name, its words in one; what stands in brackets may be left out."""
    names: dict[str, dict[str, None]] = {}
    for tool in shipped_lists.remote_tools():
        short = re.sub(r"\s*\([^)]*\)", "", tool.name)
        for written in {tool.name, tool.name if tool.name in _ONE_OF_A_MAKERS_MANY else short}:
            if len(joined := _compact(written)) >= _SHORTEST:
                names.setdefault(joined, {})[tool.name] = None
    return {joined: tuple(tools) for joined, tools in names.items()}


def _compact(name: str) -> str:
    return "".join(re.findall(r"[^\W_]+", name.casefold()))
