"""An engine that was loaded once serves every process that is forked from it."""

import json
import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import hashlib, json, os
import cv2
from samples.portraits import identity_one
from verifiers.face_engines.served import served_engine

def described():
    pixels = identity_one().image
    faces = served_engine().detect(pixels)[:1]
    return hashlib.sha256(served_engine().describe(pixels, faces).tobytes()).hexdigest()

cv2.setNumThreads(1)
served_engine().load()
threads = len(os.listdir("/proc/self/task"))
answers = []
for _ in range(5):
    ours, theirs = os.pipe()
    if os.fork() == 0:
        os.write(theirs, described().encode())
        os._exit(0)
    os.close(theirs)
    with open(ours, "rb") as pipe:
        answers.append(pipe.read().decode())
    os.wait()
print(json.dumps({"threads": threads, "forked": answers, "here": described()}))
"""


def test_five_forks_of_a_loaded_engine_all_answer_as_it_does() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
        env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PATH": "/usr/bin"},
    )
    said = json.loads(ran.stdout)
    assert said["threads"] == 1
    assert said["forked"] == [said["here"]] * 5
