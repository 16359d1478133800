"""onnxruntime as the face engines use it: one thread, no more memory than a run needs."""

import os
from typing import Any

# From 1.29 on it reports home from a thread of its own, unless told not to before its import.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

import onnxruntime


def session(model: bytes) -> Any:
    """An `onnxruntime.InferenceSession`; safe to use from several threads."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Pictures differ in size; an arena keeps the working memory of the largest for good.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
