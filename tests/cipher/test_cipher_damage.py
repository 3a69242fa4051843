"""Every damage done to a store is seen by the gate or by the check of the whole."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from carebook.cipher import check_whole, open_engine
from carebook.errors import StoreDamaged, WrongKey

KEY = bytes(range(32))
PAGE = 4096
ROOT = str(Path(__file__).resolve().parents[2])


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def overwrite(path: Path, offset: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)


def swap(path: Path, rng: random.Random) -> None:
    pages = path.stat().st_size // PAGE
    one, other = rng.sample(range(1, pages), 2)
    content = path.read_bytes()
    overwrite(path, one * PAGE, content[other * PAGE : (other + 1) * PAGE])
    overwrite(path, other * PAGE, content[one * PAGE : (one + 1) * PAGE])


def flip(path: Path, rng: random.Random) -> None:
    place = rng.randrange(path.stat().st_size)
    overwrite(path, place, bytes([path.read_bytes()[place] ^ 1 << rng.randrange(8)]))


def zero(path: Path, rng: random.Random) -> None:
    overwrite(path, rng.randrange(path.stat().st_size // PAGE) * PAGE, bytes(PAGE))


def page_cut(path: Path, rng: random.Random) -> None:
    os.truncate(path, rng.randrange(path.stat().st_size // PAGE) * PAGE)


def page_appended(path: Path, rng: random.Random) -> None:
    overwrite(path, path.stat().st_size, rng.randbytes(PAGE * rng.randrange(1, 4)))


def undetected(store: Path, times: int, seed: int) -> list[str]:
    """The damages that neither the gate nor the check of the whole store saw."""
    rng, whole, missed = random.Random(seed), store.read_bytes(), []
    for number in range(times):
        damage = (flip, swap, zero, page_cut, page_appended)[number % 5]
        damage(store, rng)
        try:
            check_whole_after_opening(store)
            missed.append(f"{damage.__name__} {number}")
        except (StoreDamaged, WrongKey):
            pass
        for name in names(store.parent):
            (store.parent / name).unlink()
        store.write_bytes(whole)
    return missed


def check_whole_after_opening(store: Path) -> None:
    open_engine(store, KEY).dispose()
    check_whole(store, KEY)


def test_every_seeded_damage_is_seen(store: Path, figure) -> None:
    assert undetected(store, 150, seed=1) == []
    figure("damages to the store seen", "150 of 150", "all")


@pytest.mark.full
def test_every_damage_of_the_campaign_is_seen(store: Path, figure) -> None:
    assert undetected(store, 2000, seed=2) == []
    figure("damages to the store seen", "2000 of 2000", "all")


def test_an_old_page_put_back_is_seen_where_the_pages_no_longer_fit_each_other(store: Path) -> None:
    old = store.read_bytes()
    engine = open_engine(store, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE note SET words = 'x' || words")
    engine.dispose()
    new = store.read_bytes()
    pages = [at for at in range(PAGE, len(old), PAGE) if old[at : at + PAGE] != new[at : at + PAGE]]
    assert len(pages) > 10
    for at in pages:
        store.write_bytes(new[:at] + old[at : at + PAGE] + new[at + PAGE :])
        open_engine(store, KEY).dispose()
        with pytest.raises(StoreDamaged, match=r"^integrity_check$"):
            check_whole(store, KEY)
