"""A challenge: what a person in front of a camera is asked to do, when, and what came back.

ISO/IEC 30107-1 calls this a challenge-response method of detecting presentation attacks. The server
chooses acts, order, times and colours, which no one recording made before foresees; an interviewer
who asked for the same by word of mouth hands in what was asked and when (`Origin.INTERVIEWER`).
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, field_validator, model_validator

from models.base import Model
from models.finding import Seen

Seconds = Annotated[float, Field(ge=0, le=14_400, allow_inf_nan=False)]
Nonce = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
"""128 bits in hexadecimal that nobody can guess and no other challenge has."""


PROMPT_SECONDS = 6.0
"""For one act: people in a call hear, understand and then do it."""


class Act(StrEnum):
    """What is asked for. Left and right are the person's own."""

    LOOK = "look"
    """Straight into the camera: the rest between acts, which the others are measured against."""
    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    LOOK_UP = "look_up"
    LOOK_DOWN = "look_down"
    NOD = "nod"
    BLINK_TWICE = "blink_twice"
    """Close the eyes for a moment and open them, twice."""
    MOVE_CLOSER = "move_closer"
    HAND_ACROSS = "hand_across"
    """Move a hand slowly across the face, from one side to the other."""
    READ_DIGITS = "read_digits"
    COLOURS = "colours"
    """Keep still while the screen lights the face in colours."""


class Need(StrEnum):
    """What a person cannot do, or would rather not: a choice of acts, never a penalty."""

    HEAD = "head"
    """Turn or nod the head, or move it closer."""
    HANDS = "hands"
    """Hold a hand before the face."""
    SIGHT = "sight"
    """Read what the screen says, or see colours: it is spoken, and nothing has to be read."""
    SPEECH = "speech"
    """Read aloud."""
    EYES = "eyes"
    """Blink when asked to."""
    LIGHT = "light"
    """Look at a screen that changes its colour (photosensitivity)."""


class Colour(StrEnum):
    """What the whole screen shows."""

    RED = "red"
    GREEN = "green"
    BLUE = "blue"
    WHITE = "white"
    BLACK = "black"


class ChallengeStep(Model):
    """One act, and when it is asked for."""

    act: Act
    begins: Seconds
    """After the first frame."""
    seconds: float = Field(gt=0, le=60)
    """How long it is asked for; the next step begins with its end, or later."""
    degrees: float | None = Field(default=None, gt=0, le=60)
    """Of a turn: the smallest that counts."""
    digits: str | None = Field(default=None, pattern=r"^[0-9]{3}$")
    """Of reading aloud."""
    colours: tuple[Colour, ...] = ()
    """Of colours: one after the other, each as long. Never over three changes in a second
    (WCAG 2.2, success criterion 2.3.1)."""

    @property
    def ends(self) -> float:
        return self.begins + self.seconds

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.act is Act.READ_DIGITS) != (self.digits is not None):
            raise ValueError("digits belong to reading aloud")
        if (self.act is Act.COLOURS) != bool(self.colours):
            raise ValueError("colours belong to the act of that name")
        if len(self.colours) > 3 * self.seconds:
            raise ValueError("a screen flashes at most three times a second")
        return self


class Origin(StrEnum):
    """Who chose the acts."""

    SERVER = "server"
    INTERVIEWER = "interviewer"
    """A person asked, in a call that was recorded."""


class Challenge(Model):
    """Acts in order of time, asked of one person in front of one camera."""

    version: Literal[1] = 1
    origin: Origin = Origin.SERVER
    nonce: Nonce | None = None
    """Of the server's; an interviewer has none."""
    issued_at: AwareDatetime | None = None
    expires_at: AwareDatetime | None = None
    """An answer that begins to arrive later is none."""
    without: frozenset[Need] = frozenset()
    steps: tuple[ChallengeStep, ...] = Field(min_length=1, max_length=40)

    @property
    def seconds(self) -> float:
        """From the first frame to the end of the last step."""
        return self.steps[-1].ends

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if any(later.begins < earlier.ends for earlier, later in pairwise(self.steps)) and (
            self.origin is Origin.SERVER
        ):
            raise ValueError("a step begins with the end of the one before, or later")
        if (self.origin is Origin.SERVER) != bool(
            self.nonce and self.issued_at and self.expires_at
        ):
            raise ValueError("a server's challenge has a nonce and times, an interviewer's none")
        return self

    @classmethod
    def by_voice(cls, prompts: Sequence["Prompt"]) -> Self:
        """What an interviewer asked for, each prompt with the time that people in a call take."""
        return cls(
            origin=Origin.INTERVIEWER,
            steps=tuple(
                ChallengeStep(
                    act=prompt.act,
                    begins=prompt.seconds,
                    seconds=PROMPT_SECONDS,
                    digits=prompt.digits,
                )
                for prompt in sorted(prompts, key=lambda prompt: prompt.seconds)
            ),
        )


class Prompt(Model):
    """One thing that an interviewer asked for."""

    act: Annotated[
        Act,
        Field(json_schema_extra={"enum": [act.value for act in Act if act is not Act.COLOURS]}),
    ]
    seconds: Seconds
    """Of the recording, when it was asked."""
    digits: str | None = Field(default=None, pattern=r"^[0-9]{3}$")
    """Which three were to be read aloud, where that was it."""

    @field_validator("act")
    @classmethod
    def _by_voice(cls, act: Act) -> Act:
        if act is Act.COLOURS:
            raise ValueError("nobody shows the colours of a screen by word of mouth")
        return act

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.act is Act.READ_DIGITS) != (self.digits is not None):
            raise ValueError("digits belong to reading aloud")
        return self


class CameraReport(Model):
    """What the page was told of the camera (Media Capture and Streams, `getSettings`).

    A browser's word, which software can make up: for a person to weigh.
    """

    label: str | None = Field(default=None, max_length=200)
    """As the system names the device."""
    width: int | None = Field(default=None, gt=0, le=20_000)
    height: int | None = Field(default=None, gt=0, le=20_000)
    frame_rate: float | None = Field(default=None, gt=0, le=1000, allow_inf_nan=False)
    facing: str | None = Field(default=None, max_length=40)


class ChallengeAnswer(Model):
    """What the page says of a recording that answers a challenge."""

    nonce: Nonce
    """Of the challenge that was shown."""
    shown: tuple[Seconds, ...] = Field(max_length=40)
    """When each step was shown, in seconds after the first frame: pages lag."""
    camera: CameraReport | None = None


class AnsweredChallenge(Model):
    """A challenge and the recording made while it was shown."""

    file: str
    """The recording, as reports name it."""
    challenge: Challenge
    answer: ChallengeAnswer | None = None
    """`None` where nothing is known but the recording: it is taken to follow the schedule."""
    received_at: AwareDatetime | None = None
    """When the answer began to arrive; `None` where nobody can say."""


class StepOutcome(StrEnum):
    """How far one step was answered."""

    DONE = "done"
    MISSED = "missed"
    """It was not seen, or not in its time."""
    NOT_JUDGED = "not_judged"
    """The recording does not allow to say: the light, the distance, a face out of the picture."""


class StepJudged(Model):
    """One step, as far as the recording answers it."""

    step: ChallengeStep
    outcome: StepOutcome
    why: str
    """A sentence for the recruiter."""
    measured: tuple[Seen, ...] = ()
    responded_after: float | None = None
    """Seconds from the moment the step was shown until the person began."""


class ChallengeJudged(Model):
    """How far a recording answers the challenge that was given."""

    file: str
    origin: Origin
    steps: tuple[StepJudged, ...]
    supports: bool
    """It is answered, and shows that a person was present."""
