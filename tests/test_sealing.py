"""What is sealed opens with the one private key, for the one purpose, unaltered; or not at all."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carebook.sealing import SealUnreadable, new_private_key, public_key_of, seal, unseal

MINE = bytes(range(32))
# Written by version 1; a later version still opens it.
FIRST_RELEASE = bytes.fromhex(
    "01371ffc7dddd7c3e5d44608015608656352854ef07d914aa90b4d77f89849545e502a59119c30448456be828d5a1074912f"
    "98e497da267ceacecba578003d454c8826ec4b"
)


@given(plain=st.binary(max_size=5000), aad=st.binary(max_size=100))
def test_what_is_sealed_comes_back(plain: bytes, aad: bytes) -> None:
    assert unseal(MINE, seal(public_key_of(MINE), plain, aad), aad) == plain


def test_a_sealed_copy_is_49_bytes_longer_and_never_twice_the_same() -> None:
    sealed = {seal(public_key_of(MINE), b"the same words", b"") for _ in range(20)}
    assert len(sealed) == 20
    assert {len(one) for one in sealed} == {len(b"the same words") + 49}
    assert not any(b"same" in one for one in sealed)


def test_another_key_or_another_purpose_opens_nothing() -> None:
    sealed = seal(public_key_of(MINE), b"words", b"row 1")
    for key, aad in ((new_private_key(), b"row 1"), (MINE, b"row 2"), (MINE, b"")):
        with pytest.raises(SealUnreadable):
            unseal(key, sealed, aad)


def test_a_key_is_new_each_time() -> None:
    assert len({new_private_key() for _ in range(20)}) == 20


def test_no_altered_or_shortened_copy_opens() -> None:
    rng, sealed = random.Random(5), seal(public_key_of(MINE), b"words about a person", b"row 1")
    for _ in range(500):
        place, bit = rng.randrange(len(sealed)), rng.randrange(8)
        altered = sealed[:place] + bytes([sealed[place] ^ 1 << bit]) + sealed[place + 1 :]
        # The top bit of an X25519 key counts for nothing (RFC 7748, section 5), but the seal is bound to it.
        with pytest.raises(SealUnreadable):
            unseal(MINE, altered, b"row 1")
    for length in range(len(sealed)):
        with pytest.raises(SealUnreadable):
            unseal(MINE, sealed[:length], b"row 1")


def test_a_one_time_key_without_secrecy_is_refused() -> None:
    sealed = seal(public_key_of(MINE), b"words", b"")
    with pytest.raises(SealUnreadable):
        unseal(MINE, sealed[:1] + bytes(32) + sealed[33:], b"")


def test_a_copy_sealed_by_the_first_release_still_opens() -> None:
    assert unseal(MINE, FIRST_RELEASE, b"row 1") == b"words about a person"
