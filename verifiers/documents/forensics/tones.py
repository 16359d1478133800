"""Whether the grey levels of a picture are as a camera gave them, or were handed out anew.

A camera's levels follow each other evenly. Stretched, equalised, put on a palette or made black and
white, a picture keeps some levels and leaves their neighbours out: its histogram is a comb. So is
everything then that detectors measure in single levels, all over the picture.
"""

import cv2
import numpy as np

from verifiers.picture import Pixels

_UNEVEN = 0.2
"""Mean step of a histogram's levels from the mean of their neighbours, over the mean level.

Renders of four seeds and the same saved again have up to 0.04; brightened by a fifth 0.3, on a
palette 1 and more.
"""
_MOST_PIXELS = 4_000_000
_RUNS_OUT = 0.01
"""Of the pixels, the darkest and brightest share, whose levels are few."""


def are_combed(pixels: Pixels) -> bool:
    """Whether levels are left out, of which their neighbours are full."""
    step = int(np.ceil(np.sqrt(pixels.shape[0] * pixels.shape[1] / _MOST_PIXELS)))
    grey = cv2.cvtColor(np.ascontiguousarray(pixels[::step, ::step]), cv2.COLOR_RGB2GRAY)
    counts = np.bincount(grey.ravel(), minlength=256) / grey.size
    darkest, brightest = np.searchsorted(counts.cumsum(), [_RUNS_OUT, 1 - _RUNS_OUT])
    between = counts[darkest : brightest + 1]
    if len(between) < 3:
        return True
    uneven = np.abs(between[1:-1] - (between[:-2] + between[2:]) / 2).sum()
    return bool(uneven >= _UNEVEN * between.mean() * len(between[1:-1]))


def are_few(pixels: Pixels) -> bool:
    """Whether there is hardly a level between ink and paper: two tones, or a few."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    counts = np.bincount(grey.ravel(), minlength=256) / grey.size
    return bool((counts > _SEEN).sum() < _FEW)


_FEW, _SEEN = 24, 1e-4
"""Levels of which more than one pixel in 10,000 is: renders have 230 and more, those on a palette
of 32 colours 29, of 64 some 53."""
