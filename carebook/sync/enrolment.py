"""What a device knows about itself and its server once it is enrolled, as its store remembers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from carebook.errors import SignInRefused
from carebook.store import state


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A device and its server.

    address: https://host:port. authority: the server's authority, PEM. device_key: Ed25519 private, 32 bytes.
    seal_key (X25519) and signing_key (Ed25519): the server's public keys, 32 bytes each.
    """

    address: str
    authority: str
    device_id: str
    device_key: bytes
    worker: str
    name: str
    role: str
    seal_key: bytes
    signing_key: bytes
    epoch: str

    def remembered(self) -> Mapping[str, str]:
        """By its names in the device's state table, to be put there when the store is made."""
        return {
            "address": self.address, "authority": self.authority, "device_id": self.device_id,
            "device_key": self.device_key.hex(), "worker": self.worker, "worker_name": self.name, "role": self.role,
            "seal_key": self.seal_key.hex(), "signing_key": self.signing_key.hex(), "epoch": self.epoch,
        }


def read_enrolment(session: Session) -> Enrolment:
    """The enrolment that a store remembers. Raises SignInRefused for a store that was never enrolled."""
    names = (
        "address", "authority", "device_id", "device_key", "worker", "worker_name", "role", "seal_key", "signing_key", "epoch"
    )
    told = {name: state.get(session, name) or "" for name in names}
    if not told["address"] or not told["device_key"]:
        raise SignInRefused("never-enrolled")
    return Enrolment(
        address=told["address"], authority=told["authority"], device_id=told["device_id"],
        device_key=bytes.fromhex(told["device_key"]), worker=told["worker"], name=told["worker_name"], role=told["role"],
        seal_key=bytes.fromhex(told["seal_key"]), signing_key=bytes.fromhex(told["signing_key"]), epoch=told["epoch"],
    )
