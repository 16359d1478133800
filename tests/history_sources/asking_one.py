"""One source, asked as the product asks it, of a server on this machine."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from models.history import Claims
from models.outside import Answer
from verifiers.history.sources import Inquiry, MemoryCache, SourceSettings, open_sources
from verifiers.history.sources.caching import Cache
from verifiers.history.sources.polite import Patience

NOW = datetime(2026, 3, 15, 9, 30, tzinfo=UTC)
QUICK = Patience(connect=5, read=20, whole=60, tries=3, first_wait=0.01, longest_wait=0.05)
"""Short pauses. A busy machine may take its time to answer."""


@dataclass(frozen=True)
class Asking:
    """Asks one source about claims."""

    name: str
    url: str

    def settings(self) -> SourceSettings:
        """With everything that any source needs."""
        web = self.url if self.url.startswith("http") else None
        return SourceSettings.model_validate(
            {
                "enabled": (self.name,),
                "companies_house_key": "a-key",
                "github_token": "a-token",
                "edgar_contact": "Example Ltd someone@example.com",
                "line_type_url": web,
                "line_type_key": "user:password",
                "background_check_url": web,
                "background_check_key": "a-key",
                "base_urls": {self.name: self.url},
            }
        )

    def all(
        self,
        claims: Mapping[str, Any],
        *,
        proof: str | None = None,
        cache: Cache | None = None,
        patience: Patience = QUICK,
    ) -> Sequence[Answer[Any]]:
        """The answers to all its questions."""
        inquiry = Inquiry(Claims.model_validate(claims), proof)

        async def ask() -> list[Answer[Any]]:
            opened = open_sources(
                self.settings(), now=lambda: NOW, cache=cache or MemoryCache(), patience=patience
            )
            async with opened as (source,):
                return [await source.answer(q, inquiry) for q in source.questions(inquiry)]

        return asyncio.run(ask())

    def one(self, claims: Mapping[str, Any], **how: Any) -> Answer[Any]:
        """The only answer."""
        (answer,) = self.all(claims, **how)
        return answer
