"""What tests need to know about processes: that a child ends with the run, and whether one still lives.

A run can be killed before its fixtures are torn down; nothing that it started may stay behind.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """For `preexec_fn`: Linux interrupts this child when its parent thread ends. Elsewhere: nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def is_alive(process_id: int) -> bool:
    """Whether a process with this id exists, be it ours or not."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
