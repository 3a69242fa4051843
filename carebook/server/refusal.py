"""A request that is not answered: its status and code, and nothing of what it carried."""

from __future__ import annotations


class Refusal(Exception):
    """Raised anywhere below a route. code: a word the device understands; seconds: when to come back, for 429."""

    def __init__(self, status: int, code: str, seconds: int = 0) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.seconds = seconds


def not_signed_in(code: str) -> Refusal:
    """The session is unknown or over, a signature does not fit, or a request came twice; the device signs in anew."""
    return Refusal(401, code)


def not_accepted(code: str) -> Refusal:
    """This worker or device is not let in, and signing in anew does not help."""
    return Refusal(403, code)


def come_back(seconds: int) -> Refusal:
    """Too much at once."""
    return Refusal(429, "busy", seconds)
