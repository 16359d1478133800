"""The server of the API and the pages, ended by `Stopping` at any moment."""

import uvicorn

from service.commands.stopping import Stopping


class StoppableServer(uvicorn.Server):
    """Ends too at a request that was made before uvicorn began to listen for signals itself."""

    def __init__(self, stopping: Stopping, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._stopping = stopping

    async def on_tick(self, counter: int) -> bool:
        """Asked ten times a second: whether to end."""
        return await super().on_tick(counter) or self._stopping.asked
