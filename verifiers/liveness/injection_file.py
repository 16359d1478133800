"""What a recording's file says of the programs that wrote it: a recorder's, or an editor's.

Interviews are cut before they are sent on, and every converter writes its name, so none of this is
held against anybody; that a file names no editor says nothing either.
"""

from models.file_traits import ProgramKind
from models.finding import Seen
from verifiers.liveness.signs import Signs, told
from verifiers.picture import Clip


def look_at_file(clip: Clip) -> Signs:
    """The programs named, and a word where one of them cuts and composes recordings."""
    seen = tuple(
        Seen(what=f"written by ({program.said_in})", value=program.name, file=clip.file)
        for program in clip.programs
    )
    editors = [p.name for p in clip.programs if p.kind is ProgramKind.EDITOR]
    if not editors:
        return Signs((), seen)
    finding = told(
        "presence.injection.edited_recording",
        seen=seen,
        for_recruiter=f"{clip.file} was written by {' and '.join(editors)}, which cuts and "
        "composes recordings: what happened in front of the camera may be put together.",
        for_candidate=f"Your recording was written by {' and '.join(editors)}.",
        innocent="Whoever recorded the call cut off its beginning, made it smaller, or hid others.",
    )
    return Signs((finding,), seen)
