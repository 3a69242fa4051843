"""Backups of the server and their return: verified, never half-written, never over something that is there.

A backup is a folder: the database, encrypted, and a description that holds figures only. It opens with the keys of the
server's own folder (`store.key` for SQLite, `seal.key` for PostgreSQL), which it does not hold: keep a copy of that
folder's keys and certificates in another safe place.

Once a backup is verified, `safe_seq` moves on to where it stands, and laptops shorten their journals. A restored server has a
new random epoch: every laptop then sends again all it wrote itself and still holds, under the ids the rows have always had.
Two things of the database that is replaced go with it, so that nothing is resurrected: tombstones of what was disposed
of, and which devices were shut out.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Final

import msgspec
import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.orm import Session

from carebook.clock import Clock, random_id
from carebook.errors import StoreDamaged, StoreExists, StoreMissing
from carebook.models.ledger import ledger, tombstone
from carebook.models.projection import withdraw
from carebook.server import backup_postgres, backup_sqlite, chain, door, feeding
from carebook.server.backup_stand import Stand, keep_file, keep_folder
from carebook.server.home import Home
from carebook.server.in_use import using
from carebook.server.keeping import Keeping
from carebook.server.tables import device, device_session, sync_head

DESCRIPTION: Final = "backup.json"
FORM: Final = 1


class Backup(Struct, frozen=True):
    """A backup as its description says. sha256: of its one large file."""

    form: int
    engine: str
    made_at: datetime
    sha256: str
    stand: Stand


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. aside: where the old database is. carried: disposals and shut-out devices taken over from it,
    or None when it could not be read."""

    backup: Backup
    epoch: str
    aside: str
    carried: int | None


def back_up(home: Home, clock: Clock, folder: Path) -> Backup:
    """A verified backup in a new folder; the server may run meanwhile.

    Raises StoreExists when the folder is there already, StoreDamaged when what was made does not fit together, and
    GateUnsure when PostgreSQL's programs are missing or fail; then there is no folder, and safe_seq is as it was.
    """
    if folder.exists():
        raise StoreExists("backup")
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    with using(home.folder):
        keeping = home.open(clock)
        try:
            new.mkdir(mode=0o700, parents=True)
            made = _made(home, keeping, new, clock)
            new.rename(folder)
            keep_folder(folder.parent)
            keeping.write(lambda session: _cover(session, made, clock))
        finally:
            keeping.close()
            shutil.rmtree(new, ignore_errors=True)
    return made


def read_backup(folder: Path) -> Backup:
    """A backup's description, its file proved to be the one described. Raises StoreMissing or StoreDamaged."""
    try:
        found = msgspec.json.decode((folder / DESCRIPTION).read_bytes(), type=Backup)
    except FileNotFoundError:
        raise StoreMissing("backup") from None
    except msgspec.MsgspecError:
        raise StoreDamaged("description") from None
    file = folder / _engine(found.engine).FILE
    if found.form != FORM or not file.is_file() or _sha256(file) != found.sha256:
        raise StoreDamaged("backup")
    return found


def restore(home: Home, clock: Clock, folder: Path) -> Restored:
    """The backup's database takes the place of the server's, under a new epoch; the old one is kept aside.

    Raises StoreMissing or StoreDamaged for a backup that is not whole or of the other engine, StoreInUse while a server
    or a command works on the folder or the database, WrongKey or SealUnreadable under other keys than it was made with.
    """
    found = read_backup(folder)
    if found.engine != _name(home):
        raise StoreMissing("engine")
    carried: list[int | None] = [None]
    epoch = random_id()

    def prepare(keeping: Keeping, old: Keeping | None) -> None:
        fates = old.read(_fates) if old is not None else None
        carried[0] = keeping.write(lambda session: _begin_anew(session, found, epoch, clock, fates))

    with using(home.folder, alone=True):
        aside = f"set-aside-{clock.now().strftime('%Y%m%dT%H%M%S')}-{epoch[:4]}"
        place = _engine(found.engine).put_back(home, folder, clock, prepare, aside)
    return Restored(found, epoch, place, carried[0])


def _made(home: Home, keeping: Keeping, folder: Path, clock: Clock) -> Backup:
    engine = _engine(_name(home))
    at = clock.now()
    stand = engine.make(home, keeping, folder)
    found = Backup(FORM, _name(home), at, _sha256(folder / engine.FILE), stand)
    path = folder / DESCRIPTION
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(msgspec.json.encode(found))
    keep_file(path)
    keep_folder(folder)
    return found


def _cover(session: Session, made: Backup, clock: Clock) -> None:
    """Laptops need not keep for sending again what this backup has; unless the server was restored meanwhile."""
    head = feeding.lock(session)
    if head.epoch == made.stand.epoch:
        session.execute(sa.update(sync_head).values(safe_seq=max(head.safe, made.stand.seq)))
    what = (f"seq:{made.stand.seq}", f"sha256:{made.sha256}")
    chain.add(session, chain.Deed(clock.now(), door.AUTHOR, "backup", what=what))


@dataclass(frozen=True, slots=True)
class _Fates:
    stones: list[dict[str, object]]
    shut_out: dict[str, datetime]


def _fates(session: Session) -> _Fates:
    stones = session.execute(sa.select(tombstone).where(tombstone.c.why == "disposal")).mappings().all()
    shut_out = session.execute(sa.select(device.c.device_id, device.c.revoked_at).where(device.c.revoked_at.is_not(None)))
    return _Fates([dict(line) for line in stones], {line.device_id: line.revoked_at for line in shut_out})


def _begin_anew(session: Session, backup: Backup, epoch: str, clock: Clock, fates: _Fates | None) -> int | None:
    session.execute(sa.update(sync_head).values(epoch=epoch, safe_seq=backup.stand.seq))
    session.execute(sa.delete(device_session))
    carried = None if fates is None else _bury(session, fates.stones) + _shut_out(session, fates.shut_out)
    what = (f"seq:{backup.stand.seq}", f"sha256:{backup.sha256}", f"carried:{'unknown' if carried is None else carried}")
    chain.add(session, chain.Deed(clock.now(), door.AUTHOR, "restore", what=what))
    return carried


def _bury(session: Session, stones: list[dict[str, object]]) -> int:
    """What was disposed of since the backup is disposed of in it too."""
    known = set(session.scalars(sa.select(tombstone.c.row_id).where(tombstone.c.why == "disposal")))
    new = [stone for stone in stones if stone["row_id"] not in known]
    ids = [str(stone["row_id"]) for stone in new]
    if new:
        session.execute(sa.insert(tombstone), new)
        withdraw(session, ids)
        for row_id in ids:
            session.execute(sa.delete(ledger).where(ledger.c.row_id == row_id))
    return len(new)


def _shut_out(session: Session, devices: dict[str, datetime]) -> int:
    changed = 0
    for device_id, at in devices.items():
        where = (device.c.device_id == device_id, device.c.revoked_at.is_(None))
        lines = session.execute(sa.update(device).where(*where).values(revoked_at=at).returning(device.c.device_id))
        changed += len(lines.all())
    return changed


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _name(home: Home) -> str:
    return "sqlite" if home.database == "sqlite" else "postgresql"


def _engine(name: str) -> ModuleType:
    if name not in ("sqlite", "postgresql"):
        raise StoreDamaged("engine")
    return backup_sqlite if name == "sqlite" else backup_postgres
