"""`bonafide serve`: run the service."""

import ipaddress
import socket
from typing import Annotated

import typer

from service import console, logs
from service.commands.opened import load_settings, refuse, told
from service.commands.stopping import Stopping
from service.confine import confine
from service.settings import Settings

EXAMPLES = "Example: [b]bonafide serve --port 8000[/b], then open http://127.0.0.1:8000"


def run(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)
    ] = 8000,
    no_worker: Annotated[
        bool,
        typer.Option("--no-worker", help="Leave the verifying to `bonafide worker` (PostgreSQL)."),
    ] = False,
) -> None:
    """Run the service: API, pages, the sending of events and, unless told otherwise, the verifying.

    SIGTERM or Ctrl-C ends it in order; what was in work is taken up at the next start.
    """
    settings = load_settings()
    if no_worker and settings.on_sqlite:
        raise refuse(
            "With SQLite nobody else could do the work; --no-worker needs PostgreSQL and "
            "`bonafide worker` beside it."
        )
    listening = _listen(host, port)
    # Those that begin with ours must be right from the first link on.
    if "url" not in settings.model_fields_set:
        settings = settings.model_copy(update={"url": _url(listening)})

    import uvicorn

    from service.app import create_app
    from service.capture.judging import JobJudges
    from service.commands.stoppable_server import StoppableServer
    from service.portal import pages
    from service.runtime import running

    confine()
    logs.configure()
    stopping = Stopping()
    with told(), running(settings, verifies=not no_worker, delivers=True) as runtime:
        app = create_app(runtime, None if no_worker else JobJudges(runtime.store, settings))
        setup = pages.install(app, runtime)
        server = StoppableServer(
            stopping,
            uvicorn.Config(
                app,
                server_header=False,
                # It would hold ids and search words; the application writes its own.
                access_log=False,
                log_config=None,
                timeout_graceful_shutdown=FINISHING_SECONDS,
            ),
        )
        _tell(settings, listening, setup.url(settings.url))
        server.run(sockets=[listening])
        console.out.print("Stopping: finishing the steps under way, for some seconds at most.")
    if runtime.engine.lost:
        raise refuse("The database lost sight of this process; start it again.")


FINISHING_SECONDS = 15
"""For requests under way when the service is to end; a recording may then be sent on later."""


def _listen(host: str, port: int) -> socket.socket:
    """Bound before anything starts; who comes early waits until it is answered."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # asyncio turns off Nagle's algorithm only where the protocol is named; with it, every
        # answer waits 40 ms for the client's acknowledgement.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(2048)
    except socket.gaierror:
        raise refuse(f"{host} is no address of this machine.") from None
    except OSError as error:
        raise refuse(
            f"Cannot listen on {host}:{port}: {error.strerror}. Another program may be there, "
            "Bonafide itself perhaps; --port chooses another."
        ) from None
    return listening


def _url(listening: socket.socket) -> str:
    """How this machine reaches it."""
    host, port = listening.getsockname()[:2]
    address = ipaddress.ip_address(host)
    if address.is_unspecified:
        return f"http://127.0.0.1:{port}"
    return f"http://[{host}]:{port}" if address.version == 6 else f"http://{host}:{port}"


def _tell(settings: Settings, listening: socket.socket, setup: str | None) -> None:
    host, port = listening.getsockname()[:2]
    console.out.print(f"Bonafide listens on {_url(listening)} (API: /docs)", markup=False)
    console.out.print(f"It keeps its files in {settings.home}", markup=False)
    if setup:
        console.out.print(f"Nobody can sign in yet. Become the owner at {setup}", markup=False)
    if not ipaddress.ip_address(host).is_loopback:
        console.err.print(
            f"Warning: {host}:{port} is reached from other machines, without TLS. Put a reverse "
            "proxy with TLS in front, and let nobody else reach this port.",
            markup=False,
        )
    if settings.development:
        console.err.print("Warning: development mode; events may go anywhere, without TLS.")
