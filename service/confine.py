"""What a process that holds keys does before anything else."""

import ctypes
import os


def confine() -> None:
    """Keep this process's memory, environment and files from others.

    Other programs of the same user, such as the children that decode what strangers sent, can
    otherwise read the master key from `/proc`. PR_SET_DUMPABLE (4) closes that, and core dumps
    with it. Files are made for their owner alone.
    """
    ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
    os.umask(0o077)
