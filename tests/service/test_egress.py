"""What the guard promises: only public addresses are called, the checked one, and not for ever."""

import datetime
import http.server
import itertools
import logging
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from service.notify.egress import Egress, Refused, Unreachable
from tests.service.guards import here, knows, literal_or

SECRET = "q7f3secret"
HEADERS = {"Content-Type": "application/json", "webhook-id": "msg_1"}


class Receiver(http.server.BaseHTTPRequestHandler):
    """Answers every post with what its path asks for, and remembers it."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        seen.append((self.path, dict(self.headers.items()), body))
        status = int(self.path.strip("/").partition("?")[0] or 200)
        self.send_response(status)
        self.send_header("Location", "/200")
        self.send_header("Retry-After", "7")
        self.end_headers()
        self.wfile.write(b"got it: " + SECRET.encode())

    def log_message(self, *_: object) -> None:
        pass


seen: list[tuple[str, dict[str, str], bytes]] = []


@contextmanager
def _receiving(tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """A web server on this machine; its port."""
    seen.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def _talking(talk: Callable[[socket.socket, threading.Event], None]) -> Iterator[int]:
    """A server of bare sockets that does what `talk` says with one connection; its port."""
    over = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):  # The guard hung up, as it should.
            talk(connection, over)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            over.set()
            thread.join()


def test_a_post_arrives_whole_and_the_answer_comes_back() -> None:
    body = bytes(range(256)) * 1_000
    with _receiving() as port:
        answer = here().post(f"http://127.0.0.1:{port}/202?case=7", body, HEADERS)
    assert (answer.status, answer.body) == (202, b"got it: " + SECRET.encode())
    assert answer.headers["retry-after"] == "7"
    ((path, headers, received),) = seen
    assert (path, received) == ("/202?case=7", body)
    assert headers["host"] == f"127.0.0.1:{port}"
    assert headers["webhook-id"] == "msg_1"
    assert headers["content-type"] == "application/json"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_an_answer_and_is_not_followed(status: int) -> None:
    with _receiving() as port:
        answer = here().post(f"http://127.0.0.1:{port}/{status}", b"{}", HEADERS)
    assert answer.status == status
    assert len(seen) == 1


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with _receiving() as port:
        assert here().post(f"http://127.0.0.1:{port}/200", b"{}", HEADERS).status == 200


def test_a_name_that_leads_elsewhere_the_second_time_is_asked_once() -> None:
    """DNS rebinding: public when it is checked, near when it is called."""
    asked = []

    def rebinding(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    with _receiving() as port:
        answer = here(resolve=rebinding).post(f"http://hooks.example:{port}/200", b"", HEADERS)
    assert answer.status == 200
    assert asked == ["hooks.example"]


def test_the_next_address_is_called_where_the_first_does_not_answer() -> None:
    resolve = knows(hooks_example="::1 127.0.0.1")  # The receiver listens on IPv4 only.
    with _receiving() as port:
        answer = here(resolve=resolve).post(f"http://hooks.example:{port}/200", b"", HEADERS)
    assert answer.status == 200


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for hooks.example with its key, which is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hooks.example")])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hooks.example")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "hooks.example.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


def _serving_tls(certificate: Path, names: list[str | None]) -> ssl.SSLContext:
    """The server's side; `names` notes which name each client asked for (SNI)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    return context


def test_tls_is_spoken_with_the_checked_address_in_the_name_that_was_asked_for(
    certificate: Path,
) -> None:
    names: list[str | None] = []
    trusting = ssl.create_default_context(cafile=str(certificate))
    guard = here(tls=trusting, resolve=knows(hooks_example="127.0.0.1"))
    with _receiving(_serving_tls(certificate, names)) as port:
        assert guard.post(f"https://hooks.example:{port}/200", b"{}", HEADERS).status == 200
    assert names == ["hooks.example"]
    assert seen[0][1]["host"] == f"hooks.example:{port}"


def test_a_certificate_for_another_name_or_by_nobody_known_sends_nothing(
    certificate: Path,
) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate))
    resolve = knows(other_example="127.0.0.1", hooks_example="127.0.0.1")
    with _receiving(_serving_tls(certificate, [])) as port:
        for guard, host in (
            (here(tls=trusting, resolve=resolve), "other.example"),
            (here(tls=trusting, resolve=literal_or(resolve)), "127.0.0.1"),
            (Egress(development=True, resolve=resolve), "hooks.example"),
        ):
            with pytest.raises(Unreachable, match="certificate"):
                guard.post(f"https://{host}:{port}/200", b"{}", HEADERS)
    assert seen == []


def _read_request(connection: socket.socket) -> None:
    with connection.makefile("rb", buffering=0) as stream:
        while stream.readline() not in (b"\r\n", b""):
            pass


def _silent(_connection: socket.socket, over: threading.Event) -> None:
    over.wait()


def _trickle(connection: socket.socket, over: threading.Event) -> None:
    """Answers at last, but takes two seconds for it, a byte at a time."""
    _read_request(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(100):
        over.wait(0.02)
        connection.sendall(b"a")
    connection.sendall(b"\r\n\r\n")


LONG = 60_000_000


@pytest.mark.parametrize(
    ("talk", "scheme", "length"),
    [
        (_silent, "http", 0),
        (_silent, "https", 0),
        (_silent, "http", LONG),
        (_trickle, "http", 0),
    ],
)
def test_a_receiver_that_hangs_or_trickles_does_not_hold_us_beyond_the_deadline(
    talk: Callable[[socket.socket, threading.Event], None], scheme: str, length: int
) -> None:
    """Timeouts that begin anew with every byte would wait for these, and get their answer."""
    guard = here(timeout_seconds=0.5)
    with _talking(talk) as port, pytest.raises(Unreachable):
        guard.post(f"{scheme}://127.0.0.1:{port}/", b"x" * length, HEADERS)


def test_a_receiver_that_reads_slowly_is_not_sent_to_beyond_the_deadline() -> None:
    heard = 0

    def slow(connection: socket.socket, over: threading.Event) -> None:
        nonlocal heard
        while piece := connection.recv(65_536):
            heard += len(piece)
            over.wait(0.005)  # All of it would take some five seconds.

    with _talking(slow) as port, pytest.raises(Unreachable):
        here(timeout_seconds=0.5).post(f"http://127.0.0.1:{port}/", b"x" * LONG, HEADERS)
    assert heard < LONG


def test_an_endless_answer_is_cut() -> None:
    def endless(connection: socket.socket, over: threading.Event) -> None:
        _read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not over.is_set():
            connection.sendall(b"a" * 65_536)

    with _talking(endless) as port:
        answer = here(max_answer_bytes=1_000).post(f"http://127.0.0.1:{port}/", b"", HEADERS)
    assert answer.body == b"a" * 1_000


def test_a_status_counts_though_its_body_trickles_or_breaks_off() -> None:
    def slow(connection: socket.socket, over: threading.Event) -> None:
        _read_request(connection)
        connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n")
        while not over.wait(0.02):
            connection.sendall(b"a" if next(sent) < 5 else b"")

    def broken(connection: socket.socket, _over: threading.Event) -> None:
        _read_request(connection)
        connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\naaaaa")

    for talk in (slow, broken):
        sent = itertools.count()
        with _talking(talk) as port:
            answer = here(timeout_seconds=0.5).post(f"http://127.0.0.1:{port}/", b"", HEADERS)
        assert (answer.status, answer.body.rstrip(b"a")) == (201, b"")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x00\x01\x02\x03",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000,
        b"HTTP/1.1 banana\r\n\r\n",
    ],
)
def test_an_answer_that_is_not_http_is_no_answer(answer: bytes) -> None:
    def talk(connection: socket.socket, _over: threading.Event) -> None:
        _read_request(connection)
        connection.sendall(answer)

    with _talking(talk) as port, pytest.raises(Unreachable):
        here().post(f"http://127.0.0.1:{port}/", b"", HEADERS)


def test_nobody_listening_and_nobody_known_are_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Unreachable, match="connected"):
        here().post(f"http://127.0.0.1:{port}/", b"", HEADERS)
    with pytest.raises(Unreachable, match="resolve"):
        Egress(resolve=knows()).post("https://hooks.example/", b"", HEADERS)


def test_a_resolver_that_hangs_does_not_hold_us_beyond_the_deadline() -> None:
    over = threading.Event()

    def hanging(_host: str) -> list[str]:
        over.wait()
        return []

    guard = Egress(timeout_seconds=0.2, resolve=hanging)
    guard.check("https://hooks.example/")
    with pytest.raises(Unreachable, match="in time"):
        guard.post("https://hooks.example/", b"", HEADERS)
    over.set()


def test_neither_logs_nor_exceptions_hold_the_query_or_what_was_answered(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    told = []
    with _receiving() as port:
        here().post(f"http://127.0.0.1:{port}/200?{SECRET}", SECRET.encode(), HEADERS)
    for url in (
        f"http://127.0.0.1:{port}/{SECRET}?{SECRET}",
        f"https://10.0.0.1/{SECRET}",
        f"https://{SECRET}@hooks.example/",
        f"https://hooks.example:22/{SECRET}",
        f"http://[{SECRET}",
    ):
        with pytest.raises((Refused, Unreachable)) as caught:
            here().post(url, b"", HEADERS)
        told.append(str(caught.value))
    assert caplog.records  # The library underneath does log; what it logs is looked at.
    assert SECRET not in caplog.text + " ".join(told)
