"""One frozen Settings, read once from the environment and a small file."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how this copy of carebook runs; holds nothing about people.

    home: the folder of everything this copy writes (stores, seals, logs, appearance).
    log_file: where the log goes, or None for standard error.
    keyring: "auto" (the platform's own), or "none" to do without where policy allows it.
    clock_starts_at: ISO instant a demonstration's clock starts from, or None for the real time.
    notice: words that stand on the unlock screen, such as those of a demonstration.
    """

    home: Path
    log_file: Path | None = None
    keyring: str = "auto"
    clock_starts_at: str | None = None
    notice: str = ""

    @property
    def stores(self) -> Path:
        """Folder of the encrypted stores, one sub-folder per worker and device."""
        return self.home / "stores"

    @property
    def appearance_file(self) -> Path:
        """Theme and text size: the only things remembered outside the store."""
        return self.home / "appearance.json"


def default_home(env: Mapping[str, str]) -> Path:
    """The platform's folder for a program's own data."""
    if sys.platform == "win32":
        return Path(env.get("LOCALAPPDATA", str(Path.home()))) / "carebook"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "carebook"
    return Path(env.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "carebook"


def read_settings(env: Mapping[str, str] = os.environ) -> Settings:
    """Settings from CAREBOOK_HOME, CAREBOOK_LOG, CAREBOOK_KEYRING, CAREBOOK_CLOCK and <home>/carebook.toml."""
    home = Path(env.get("CAREBOOK_HOME") or default_home(env)).absolute()
    file = home / "carebook.toml"
    told = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    log = env.get("CAREBOOK_LOG") or told.get("log_file")
    return Settings(
        home=home,
        log_file=Path(log) if log else None,
        keyring=env.get("CAREBOOK_KEYRING") or told.get("keyring", "auto"),
        clock_starts_at=env.get("CAREBOOK_CLOCK") or told.get("clock_starts_at"),
        notice=str(told.get("notice", "")),
    )
