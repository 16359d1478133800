"""A task for the child that never ends, or ends badly: what a decoder may do to us."""

import ctypes
import os
import sys
import time
from collections.abc import Mapping
from typing import Any, BinaryIO


def perform(job: Mapping[str, Any], source: BinaryIO, sink: BinaryIO) -> dict[str, Any]:
    """Misbehave as the job says."""
    match job["how"]:
        case "answer":
            sink.write(source.read())
            modules = sorted({name.split(".")[0] for name in sys.modules})
            return {"environment": sorted(os.environ), "modules": modules}
        case "sleep":
            time.sleep(600)
        case "hang up":
            os.dup2(2, 1)
            os.closerange(3, 64)
            time.sleep(600)
        case "crash":
            ctypes.string_at(0)
        case "eat":
            hoard = [bytearray(64 << 20) for _ in range(1000)]
            return {"kept": len(hoard)}
        case "flood":
            while True:
                sink.write(bytes(1 << 20))
        case "shout":
            print("on standard output")
            print("on standard error", file=sys.stderr)
            os.write(2, b"from a C library\n")
        case "raise":
            raise LookupError("a secret from the file")
    return {}
