"""One recording's presence, ours or as face_recognition's landmarks of every frame that we use.

`python -m bench.liveness_cost ours|face_recognition FILE [ANSWERED]` prints one line of JSON: the
frames, and the CPU seconds of the work alone, models loaded and the recording decoded. ANSWERED is
the JSON of the challenge that the recording answers.
"""

import json
import sys
import time
from pathlib import Path

import cv2

from models.challenge import AnsweredChallenge
from service.workflow.presence import load_recording


def main(side: str, file: str, told: str | None = None) -> None:
    """Do the work and print what it took."""
    cv2.setNumThreads(1)
    answered = AnsweredChallenge.model_validate_json(Path(told).read_bytes()) if told else None
    clip = load_recording(Path(file), answered.challenge if answered else None)
    if side == "ours":
        from bench.filmed import Judge
        from verifiers.face_engines.served import ServedEngine

        judge = Judge(ServedEngine())
        judge.engine.describe(clip.frames[0].pixels, judge.engine.detect(clip.frames[0].pixels))
        began = time.process_time()
        judge.of(clip, answered)
    else:
        import face_recognition

        face_recognition.face_landmarks(clip.frames[0].pixels)
        began = time.process_time()
        for frame in clip.frames:
            face_recognition.face_landmarks(frame.pixels)
    took = time.process_time() - began
    print(json.dumps({"frames": len(clip.frames), "cpu_seconds": took}))


if __name__ == "__main__":
    main(*sys.argv[1:])
