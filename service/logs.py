"""The log: events by name with ids and kinds of errors, never a word of a candidate's.

One JSON object a line on standard error, for a person with `jq` as for a collector.
"""

import logging
import sys

import structlog


def configure() -> None:
    """Set up the log of a process that runs for long."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Libraries())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class _Libraries(logging.Formatter):
    """What libraries log, in the same form, without their traces: an exception's message may quote
    what was sent.
    """

    def format(self, record: logging.LogRecord) -> str:
        told = {"event": record.getMessage().partition("\n")[0], "logger": record.name}
        if record.exc_info and record.exc_info[0]:
            told["error"] = record.exc_info[0].__name__
        level = record.levelname.lower()
        return str(structlog.processors.JSONRenderer()(None, level, told | {"level": level}))
