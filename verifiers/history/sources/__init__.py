"""Sources outside: what registries, name servers, code hosts and providers say about claims.

Every source is one file with one small class (`port.Source`); `open_sources` opens those that are
enabled, and `ask_all` asks them all at once. An answer that could not be had is `unknown`.
"""

from verifiers.history.sources.asking import ask_all
from verifiers.history.sources.caching import Cache, MemoryCache
from verifiers.history.sources.opening import open_sources
from verifiers.history.sources.port import AsksFurther, Inquiry, Source
from verifiers.history.sources.questions import (
    question_for_account,
    question_for_domain,
    question_for_email,
    question_for_phone,
    question_for_repository,
)
from verifiers.source_settings import NAMES, SourceSettings

__all__ = [
    "NAMES",
    "AsksFurther",
    "Cache",
    "Inquiry",
    "MemoryCache",
    "Source",
    "SourceSettings",
    "ask_all",
    "open_sources",
    "question_for_account",
    "question_for_domain",
    "question_for_email",
    "question_for_phone",
    "question_for_repository",
]
