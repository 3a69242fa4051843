"""The server's folder: its settings, its keys and certificates, each readable by its own account alone."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate

from carebook.clock import Clock
from carebook.errors import GateUnsure, StoreExists, StoreMissing
from carebook.sealing import new_private_key, public_key_of
from carebook.server import certificates
from carebook.server.keeping import Keeping, open_keeping
from carebook.sync.signing import new_signing_key

SETTINGS: Final = "server.toml"
DATABASE_SETTING: Final = "CAREBOOK_SERVER_DATABASE"


@dataclass(frozen=True, slots=True)
class Home:
    """A server's folder, and what its settings say.

    database: "sqlite", or the address of a PostgreSQL database. names: host names and addresses in the certificate.
    demonstration: it was made for invented people, and may be filled with them.
    """

    folder: Path
    database: str
    host: str
    port: int
    names: tuple[str, ...]
    demonstration: bool = False

    def path(self, name: str) -> Path:
        """One file of the folder."""
        return self.folder / name

    def secret(self, name: str) -> bytes:
        """A key kept here: "store", "seal" (X25519), "signing" (Ed25519) or "nonce"; 32 bytes.

        Raises GateUnsure when another account could read it.
        """
        return bytes.fromhex(read_private(self.path(f"{name}.key")).decode("ascii").strip())

    @property
    def authority(self) -> bytes:
        """The authority's certificate, PEM."""
        return self.path("authority.pem").read_bytes()

    @property
    def authority_der(self) -> bytes:
        """The same, DER: what an enrolment code's fingerprint is of."""
        return load_pem_x509_certificate(self.authority).public_bytes(Encoding.DER)

    @property
    def seal_key(self) -> bytes:
        """The public key that laptops seal to."""
        return public_key_of(self.secret("seal"))

    def open(self, clock: Clock, *, create: bool = False) -> Keeping:
        """The database; raises as keeping.open_keeping does."""
        key = self.secret("store") if self.database == "sqlite" else None
        return open_keeping(self.database, self.path("server.db"), key, clock, create=create)


def set_up(
    folder: Path, names: Sequence[str], *, database: str = "sqlite", host: str = "127.0.0.1", port: int = 8443,
    demonstration: bool = False,
) -> Home:
    """A new server's folder: settings, keys, authority and certificate. Raises StoreExists if there is one already."""
    if (folder / SETTINGS).exists():
        raise StoreExists("server")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    authority = certificates.make_authority()
    shown = certificates.make_certificate(authority, names)
    private, _ = new_signing_key()
    for name, key in {"store": os.urandom(32), "seal": new_private_key(), "signing": private, "nonce": os.urandom(32)}.items():
        _write_private(folder / f"{name}.key", key.hex().encode())
    for name, words in {
        "authority.pem": authority.certificate, "authority-key.pem": authority.key,
        "certificate.pem": shown.certificate, "certificate-key.pem": shown.key,
    }.items():
        _write_private(folder / name, words)
    told = {"database": database, "host": host, "names": ",".join(names)}
    lines = [f"{name} = {_quoted(value)}" for name, value in told.items()] + [f"port = {port}"]
    lines += ["demonstration = true"] if demonstration else []
    _write_private(folder / SETTINGS, ("\n".join(lines) + "\n").encode())
    return open_home(folder, {})


def open_home(folder: Path, env: Mapping[str, str] = os.environ) -> Home:
    """A server's folder as it stands; CAREBOOK_SERVER_DATABASE goes before its settings. Raises StoreMissing."""
    file = folder / SETTINGS
    if not file.is_file():
        raise StoreMissing("server")
    told = tomllib.loads(file.read_text("utf-8"))
    return Home(
        folder=folder.absolute(),
        database=env.get(DATABASE_SETTING) or told.get("database", "sqlite"),
        host=told.get("host", "127.0.0.1"),
        port=int(told.get("port", 8443)),
        names=tuple(str(told.get("names", "")).split(",")),
        demonstration=told.get("demonstration") is True,
    )


def read_private(path: Path) -> bytes:
    """A file that no other account can read; GateUnsure if one could."""
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise GateUnsure("key-file-open-to-others")
    return path.read_bytes()


def _write_private(path: Path, words: bytes) -> None:
    number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
