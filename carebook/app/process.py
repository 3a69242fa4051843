"""What the process owes to the key in its memory: no core file, no look from outside, and a new process when it locks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import NoReturn

PR_SET_DUMPABLE = 4  # linux/prctl.h


def protect() -> bool:
    """No core file is written of this process, and other processes of this account cannot read its memory; False where
    the system has no way to promise both."""
    if sys.platform == "win32":
        return False
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return False
    import ctypes

    return bool(ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)


def start_anew(told: Mapping[str, str]) -> NoReturn:
    """This process ends and the same program begins in its place, with empty memory; `told` is added to its environment.

    Python cannot clear what it held: only a new process image is free of the key (on Windows, a new process).
    """
    command = [sys.executable, *sys.orig_argv[1:]]
    environment = {**os.environ, **told}
    if sys.platform == "win32":
        subprocess.Popen(command, env=environment)  # noqa: S603  our own command line
        os._exit(0)
    os.execve(sys.executable, command, environment)  # noqa: S606
