"""Many different honest documents, each drawn by its number: holder, format, artwork, camera."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import cv2
import numpy as np

from samples.capture import Camera
from samples.holder import Holder
from samples.mrz_lines import FORMATS
from samples.portraits import Portrait, identity_one, identity_two
from samples.specimen import Side, Specimen, render

_SURNAMES = ("ERIKSSON", "OKAFOR", "VAN DER MEER", "LI", "SILVA", "KOWALSKI", "NGUYEN", "HADDAD")
_GIVEN = ("ANNA MARIA", "JO", "PRIYA", "LEE", "MARTHA-LOUISE", "IVAN", "SOFIA", "KWAME", "MIN")
_ISSUERS = ("UTO", "XXA", "XXB", "XXC", "XXX")


@dataclass(frozen=True, eq=False)
class Drawn:
    """A document and the camera it is taken by."""

    specimen: Specimen
    camera: Camera

    @property
    def side(self) -> Side:
        """The side with the machine readable zone; of a card, its back."""
        return self.specimen.mrz_side


def drawn(seed: int, *, with_portrait: bool = False) -> Drawn:
    """The honest document of this number; `with_portrait` only those of one side."""
    random = np.random.default_rng([seed, 72_000])
    formats = [name for name in FORMATS if not (with_portrait and name == "TD1")]
    born = date(1950, 1, 1) + timedelta(days=int(random.integers(20_000)))
    issued = date(2019, 1, 1) + timedelta(days=int(random.integers(2_500)))
    issuer = str(random.choice(_ISSUERS))
    letters = np.array(list("ABCDEFGHJKLMNPRSTVWXYZ0123456789"))
    holder = Holder(
        primary=str(random.choice(_SURNAMES)),
        secondary=str(random.choice(_GIVEN)),
        number="".join(random.choice(letters, 9)),
        issuer=issuer,
        nationality=issuer,
        birth_date=born,
        sex="FMX"[int(random.integers(3))],  # type: ignore[arg-type]
        issue_date=issued,
        expiry=issued.replace(year=issued.year + 10, day=min(issued.day, 28)),
        personal_number="",
    )
    specimen = render(
        holder,
        formats[int(random.integers(len(formats)))],
        varied(identity_one() if random.random() < 0.5 else identity_two(), random),
        ghost=bool(random.random() < 0.3),
    )
    return Drawn(specimen, Camera.drawn(seed))


def varied(portrait: Portrait, random: np.random.Generator) -> Portrait:
    """The portrait as another photographer would have taken it: light, colour and sharpness."""
    image = portrait.image.astype(np.float64)
    image = image * random.uniform(0.85, 1.1, 3) + float(random.uniform(-12, 12))
    soft = float(random.uniform(0, 1.6))
    if soft > 0.3:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), soft), np.float64)
    grain = float(random.uniform(0, 4))
    image += grain * random.standard_normal(image.shape)
    return replace(portrait, image=np.clip(image, 0, 255).astype(np.uint8))
