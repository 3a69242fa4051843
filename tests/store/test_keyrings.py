"""This device's half of the key goes into the platform's own keyring, or nowhere."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from secret_service import secret_service

from carebook.errors import DeviceKeyMissing, KeyringRequired, KeyringUnavailable
from carebook.settings import Settings
from carebook.store.keyrings import BACK_ENDS, SERVICE, Keyring, find_keyring, platform_keyring

KEY = bytes(range(32))
ROOT = str(Path(__file__).resolve().parents[2])

# What lies about on a laptop where somebody has installed, set or configured another keyring: it writes plain text.
PLAIN_TEXT = """
import os, keyring.backend
class PlaintextKeyring(keyring.backend.KeyringBackend):
    priority = 99
    def set_password(self, service, username, password):
        open(os.environ["CAUGHT"], "a").write(password + "\\n")
    def get_password(self, service, username):
        return open(os.environ["CAUGHT"]).read().split("\\n")[-2]
"""
KEEPS = """
import json, keyring
from carebook.errors import CarebookError
from carebook.store.keyrings import platform_keyring
try:
    found = platform_keyring()
    found.put("d", "w", bytes(range(32)))
    print(json.dumps([found.name, found.get("d", "w").hex()]))
except CarebookError as error:
    print(json.dumps([type(error).__name__, str(error)]))
"""
LIBRARY_KEEPS = """
import keyring
keyring.set_password("s", "u", "caught by the library's own choice")
"""


@pytest.fixture
def service(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with secret_service(home / "s") as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        yield home / "s"


def run(program: str, **environment: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={**os.environ, "PYTHONPATH": ROOT, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return answer.stdout


def another_keyring(home: Path) -> dict[str, str]:
    """An importable keyrings.alt that says it is the best there is, as its installed distribution would."""
    package = home / "site" / "keyrings" / "alt"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "file.py").write_text(PLAIN_TEXT)
    told = home / "site" / "keyrings.alt-9.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: keyrings.alt\nVersion: 9\n")
    (told / "entry_points.txt").write_text("[keyring.backends]\nfile = keyrings.alt.file\n")
    return {"PYTHONPATH": os.pathsep.join([str(home / "site"), ROOT]), "CAUGHT": str(home / "caught")}


def configured_keyring(home: Path) -> dict[str, str]:
    """A keyringrc.cfg that names a module of its own."""
    environment = another_keyring(home)
    folder = home / ".config" / "python_keyring"
    folder.mkdir(parents=True)
    (home / "rc").mkdir()
    (home / "rc" / "captor.py").write_text(PLAIN_TEXT)
    (folder / "keyringrc.cfg").write_text(f"[backend]\ndefault-keyring=captor.PlaintextKeyring\nkeyring-path={home / 'rc'}\n")
    return {**environment, "PYTHONPATH": ROOT, "XDG_CONFIG_HOME": str(home / ".config")}


def named_keyring(home: Path) -> dict[str, str]:
    return {**another_keyring(home), "PYTHON_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring"}


def null_keyring(home: Path) -> dict[str, str]:
    return {**another_keyring(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}


def test_a_key_put_into_the_secret_service_comes_back_and_can_be_forgotten(service: Path) -> None:
    keyring = platform_keyring()
    keyring.put("laptop", "worker", KEY)
    assert keyring.get("laptop", "worker") == KEY
    with pytest.raises(DeviceKeyMissing):
        keyring.get("laptop", "colleague")
    keyring.forget("laptop", "worker")
    keyring.forget("laptop", "worker")
    with pytest.raises(DeviceKeyMissing):
        keyring.get("laptop", "worker")


def test_the_key_lies_encrypted_in_the_keyring(service: Path) -> None:
    platform_keyring().put("laptop", "worker", KEY)
    kept = [path.read_bytes() for path in (service / "kept").rglob("*") if path.is_file()]
    assert kept
    assert not any(KEY in text or base64.b64encode(KEY) in text for text in kept)


def test_an_altered_key_counts_as_missing(service: Path) -> None:
    keyring = platform_keyring()
    for text in ("not base64 !", base64.b64encode(KEY[:31]).decode()):
        keyring.back_end.set_password(SERVICE, "laptop/worker", text)
        with pytest.raises(DeviceKeyMissing):
            keyring.get("laptop", "worker")


def test_a_keyring_that_goes_away_is_unavailable_not_empty(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with secret_service(home / "s") as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        keyring = platform_keyring()
        keyring.put("laptop", "worker", KEY)
    with pytest.raises(KeyringUnavailable):
        keyring.get("laptop", "worker")


@pytest.mark.parametrize("trap", [another_keyring, named_keyring, configured_keyring, null_keyring])
def test_no_other_keyring_is_taken_for_want_of_the_platforms_own(home: Path, trap) -> None:
    kind, _ = json.loads(run(KEEPS, **trap(home)))
    assert kind == "KeyringUnavailable"
    assert not (home / "caught").exists()


@pytest.mark.parametrize("trap", [another_keyring, named_keyring, configured_keyring, null_keyring])
def test_another_keyring_does_not_come_before_the_platforms_own(service: Path, home: Path, trap) -> None:
    assert json.loads(run(KEEPS, **trap(home))) == [".".join(BACK_ENDS["linux"][:2]), KEY.hex()]
    assert not (home / "caught").exists()


@pytest.mark.parametrize("trap", [another_keyring, named_keyring, configured_keyring])
def test_the_traps_do_catch_what_is_left_to_the_librarys_own_choice(home: Path, trap) -> None:
    run(LIBRARY_KEEPS, **trap(home))
    assert "library's own choice" in (home / "caught").read_text()


def test_properties_set_in_the_environment_are_forgotten(service: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYRING_PROPERTY_PREFERRED_COLLECTION", "/org/freedesktop/secrets/collection/elsewhere")
    keyring = platform_keyring()
    assert not hasattr(keyring.back_end, "preferred_collection")
    keyring.put("laptop", "worker", KEY)
    assert keyring.get("laptop", "worker") == KEY


class Forgetful:
    """A back end that takes a key and keeps another, or none."""

    def __init__(self, kept: str | None) -> None:
        self.kept = kept

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept


@pytest.mark.parametrize("kept", [None, base64.b64encode(bytes(32)).decode()])
def test_a_key_that_does_not_read_back_was_not_kept(kept: str | None) -> None:
    with pytest.raises(KeyringUnavailable, match="read-back"):
        Keyring(Forgetful(kept), "forgetful").put("laptop", "worker", KEY)


def test_only_a_whole_key_goes_into_the_keyring() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Keyring(Forgetful(None), "forgetful").put("laptop", "worker", KEY[:16])


@pytest.mark.parametrize("platform", ["freebsd14", "win32"])
def test_a_platform_without_its_own_keyring_has_none(platform: str) -> None:
    with pytest.raises(KeyringUnavailable):
        platform_keyring(platform)


def test_without_a_keyring_the_council_decides(home: Path) -> None:
    for settings in (Settings(home), Settings(home, keyring="none")):
        assert find_keyring(settings, is_required=False) is None
        with pytest.raises(KeyringRequired):
            find_keyring(settings, is_required=True)


def test_settings_may_do_without_a_keyring_that_is_there(service: Path, home: Path) -> None:
    found = find_keyring(Settings(home), is_required=True)
    assert found is not None
    assert found.name == "keyring.backends.SecretService.Keyring"
    assert find_keyring(Settings(home, keyring="none"), is_required=False) is None
