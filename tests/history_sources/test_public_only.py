"""Nothing leads into the operator's own network, and certificates are held against names."""

import asyncio
import datetime
import ssl
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.history_sources.local_server import LocalServer, local_server, says
from verifiers.history.sources.public_only import NotPublic, PublicOnly
from verifiers.public_address import is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "168.63.129.16", "224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1",
        "64:ff9b::a00:1", "2002:a00:1::",
    ],
)  # fmt: skip
def test_an_address_within_a_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For source.example, with its key; its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "source.example")])
    today = datetime.datetime.now(datetime.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("source.example")]), False)
        .sign(key, hashes.SHA256())
    )
    place = tmp_path_factory.mktemp("tls") / "source.pem"
    place.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + built.public_bytes(serialization.Encoding.PEM)
    )
    return place


def _get(url: str, certificate: Path, leads_to: Sequence[str], *, anywhere: bool = True) -> str:
    """What a host says whose name leads to these addresses."""

    async def resolve(host: str) -> Sequence[str]:
        del host
        return leads_to

    async def get() -> str:
        trusting = ssl.create_default_context(cafile=str(certificate))
        inner = httpx.AsyncHTTPTransport(verify=trusting, trust_env=False)
        allows = (lambda _: True) if anywhere else None
        checked = PublicOnly(inner, frozenset(), resolve=resolve, allows=allows)
        async with httpx.AsyncClient(transport=checked) as client:
            return (await client.get(url)).text

    return asyncio.run(get())


def _serving(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def _named(server: LocalServer, name: str) -> str:
    return server.url.replace("127.0.0.1", name)


def test_the_address_that_was_checked_is_called_by_the_hosts_own_name(certificate: Path) -> None:
    with local_server(_serving(certificate)) as server:
        server.otherwise = says("hello")
        url = _named(server, "source.example")
        # The first address refuses: nobody listens there.
        assert _get(url, certificate, ["127.0.0.2", "127.0.0.1"]) == '"hello"'
        assert server.asked[0].headers["host"] == httpx.URL(url).netloc.decode()


def test_a_certificate_for_another_name_is_refused(certificate: Path) -> None:
    with local_server(_serving(certificate)) as server:
        with pytest.raises(httpx.ConnectError):
            _get(_named(server, "other.example"), certificate, ["127.0.0.1"])
        assert server.asked == []


@pytest.mark.parametrize("leads_to", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1"]])
def test_a_name_that_leads_inside_is_not_called(certificate: Path, leads_to: list[str]) -> None:
    with local_server() as server:
        with pytest.raises(NotPublic):
            _get(_named(server, "inside.example"), certificate, leads_to, anywhere=False)
        assert server.asked == []


def test_a_name_that_leads_nowhere_is_not_reached(certificate: Path) -> None:
    with pytest.raises(httpx.ConnectError):
        _get("https://nowhere.example/", certificate, [])
