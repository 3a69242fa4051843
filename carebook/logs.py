"""Logs: ids, counts and codes pass; words about people do not."""

from __future__ import annotations

import logging
import re
import sys
from typing import TextIO

ALLOWED = frozenset(
    {"event", "code", "count", "kind", "row", "person", "worker", "device", "op", "seq", "ms", "bytes",
     "outcome", "version", "reference", "tries", "port", "route", "status", "error", "state"}
)
_SAFE = re.compile(r"[A-Za-z0-9_.:/+-]{0,80}")


class _SafeFormatter(logging.Formatter):
    """Writes time, level, logger and the allowed fields; any other text is left out."""

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, object] = getattr(record, "fields", {})
        pairs = [f"{k}={v}" for k, v in fields.items() if k in ALLOWED and _SAFE.fullmatch(str(v))]
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        if error:
            pairs.append(f"error={error}")
        return " ".join([self.formatTime(record), record.levelname.lower(), record.name, *pairs])


def note(logger: logging.Logger, event: str, **fields: object) -> None:
    """Write one line: an event's name and its fields. Fields not allow-listed, or not code-like, are dropped."""
    logger.info("", extra={"fields": {"event": event, **fields}})


def warn(logger: logging.Logger, event: str, **fields: object) -> None:
    """As `note`, for what someone should look at."""
    logger.warning("", extra={"fields": {"event": event, **fields}})


def fault(logger: logging.Logger, reference: str, error: BaseException) -> None:
    """Record one of our own mistakes: its reference, its class and where it was, never its message."""
    frames = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('carebook/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    at = ">".join(frames[-4:])[-80:]
    logger.error("", extra={"fields": {"event": "fault", "reference": reference, "error": type(error).__name__, "route": at}})


def start(stream: TextIO = sys.stderr, level: int = logging.INFO) -> None:
    """Send carebook's log to `stream`; other libraries' loggers are silenced below warnings and stripped of words."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_SafeFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("carebook").setLevel(level)
