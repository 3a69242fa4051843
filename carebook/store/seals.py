"""A folder of sealed copies of what has not reached the server, which a laptop can deliver without opening its store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from carebook.errors import NotHeld
from carebook.store import files

NAME: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ENDING: Final = ".seal"


@dataclass(frozen=True, slots=True)
class Seals:
    """The sealed copies in `folder`, one file for each op id and nothing else in its name."""

    folder: Path

    def put(self, op_id: str, sealed: bytes) -> None:
        """The sealed copy is on the disk, in place of an earlier one of the same id; raises DiskFull, OutcomeUnknown."""
        path = self._path(op_id)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise files.problem(error) from None
        files.replace(path, sealed)

    def read(self, op_id: str) -> bytes:
        """The sealed copy, or NotHeld."""
        try:
            return self._path(op_id).read_bytes()
        except FileNotFoundError:
            raise NotHeld("seal") from None

    def remove(self, *op_ids: str) -> None:
        """The copies are gone: the server has confirmed them, or it was a draft that is finished. Gone already is well."""
        paths = [self._path(op_id) for op_id in op_ids]
        if self.folder.is_dir():
            files.remove(*paths)

    def ids(self) -> tuple[str, ...]:
        """Op ids of all sealed copies, oldest id first."""
        found = (path.name.removesuffix(ENDING) for path in self.folder.glob("*" + ENDING))
        return tuple(sorted(name for name in found if NAME.fullmatch(name)))

    def _path(self, op_id: str) -> Path:
        if not NAME.fullmatch(op_id):
            raise ValueError("an op id is a lower-case UUID")
        return self.folder / (op_id + ENDING)
