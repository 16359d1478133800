"""A name server on this machine (RFC 1035 over UDP)."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rrset

Zone = Mapping[tuple[str, str], list[str] | dns.rcode.Rcode | None]
"""Records by name and kind; a code is answered as it is, and `None` not at all."""


@contextmanager
def name_server(zone: Zone) -> Iterator[str]:
    """Its address, `dns://HOST:PORT`. A name that the zone does not hold does not exist."""
    names = {name for name, _ in zone}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.settimeout(0.05)
        ends = threading.Event()

        def serve() -> None:
            while not ends.is_set():
                try:
                    packet, client = listening.recvfrom(4096)
                    query = dns.message.from_wire(packet)
                except (TimeoutError, dns.exception.DNSException):
                    continue
                answer = _answer(query, zone, names)
                if answer is not None:
                    listening.sendto(answer.to_wire(), client)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"dns://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            ends.set()
            thread.join()


def _answer(query: dns.message.Message, zone: Zone, names: set[str]) -> dns.message.Message | None:
    asked = query.question[0]
    name, kind = asked.name.to_text(omit_final_dot=True), dns.rdatatype.to_text(asked.rdtype)
    answer = dns.message.make_response(query)
    answer.flags |= dns.flags.RA
    held = zone.get((name, kind), [])
    if held is None:
        return None
    if isinstance(held, dns.rcode.Rcode):
        answer.set_rcode(held)
    elif name not in names:
        answer.set_rcode(dns.rcode.NXDOMAIN)
    elif held:
        answer.answer.append(dns.rrset.from_text(asked.name, 60, "IN", kind, *held))
    return answer
