"""`bonafide serve`: run the service."""

from typing import Annotated

import typer

NAME = "serve"
EXAMPLES = "Example: [b]bonafide serve --port 8000[/b], then open http://127.0.0.1:8000/docs"


def run(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
) -> None:
    """Run the service on this machine."""
    import uvicorn

    from service.app import create_app

    uvicorn.run(create_app(), host=host, port=port, server_header=False)
