"""A page photographed any way up is turned so that its zone reads from left to right."""

from dataclasses import replace

import numpy as np
import pytest

from tests.documents.known_documents import pictures, specimen
from verifiers.documents.reading import MrzReader
from verifiers.documents.upright import turn_upright


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_turned_passport_is_turned_back(quarters: int) -> None:
    (page,) = pictures(specimen())
    turned = replace(page, pixels=np.ascontiguousarray(np.rot90(page.pixels, quarters)))
    (upright,) = turn_upright([turned], MrzReader())
    assert np.array_equal(upright.pixels, page.pixels)


def test_a_page_without_a_zone_stays_as_it_is() -> None:
    (page,) = pictures(specimen())
    blank = replace(page, pixels=np.full((400, 600, 3), 200, np.uint8))
    assert turn_upright([blank], MrzReader()) == (blank,)
