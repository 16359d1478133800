"""The same job as a developer would do it today: PassportEye, and face_recognition's defaults.

`python -m bench.peer DOCUMENT FOOTAGE` reads the zone with `read_mrz`, encodes the document's face,
and compares every frame of the footage with it at the default tolerance, as the README of
face_recognition shows. Prints one line of JSON.
"""

import json
import sys

import av
import face_recognition
from passporteye import read_mrz


def main(document: str, footage: str) -> None:
    """Do the whole job and print what came of it."""
    zone = read_mrz(document)
    portraits = face_recognition.face_encodings(face_recognition.load_image_file(document))
    matches = frames = 0
    with av.open(footage) as container:
        for frame in container.decode(video=0):
            frames += 1
            pixels = frame.to_ndarray(format="rgb24")
            for encoding in face_recognition.face_encodings(pixels):
                matches += bool(portraits) and any(
                    face_recognition.compare_faces(portraits, encoding)
                )
    lines = zone.to_dict().get("raw_text", "").splitlines() if zone else []
    print(json.dumps({"lines": lines, "frames": frames, "matches": int(matches)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
