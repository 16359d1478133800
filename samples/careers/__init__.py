"""Sample careers: two for the demo, and generated populations of lives, honest and made up.

resumes      what the sample people of the demo say
population   lives by seed, and what a company has of each at every stage
honest       the honest kinds, and frauds the made-up ones
grow         a plain life; truth is its shape
telling      the life as its candidate tells it; asked, as sources do; observed, as a company
names        names by origin, independent of everything else; world, everything else's material
"""

from samples.careers.resumes import Resume, coherent, contradicting

__all__ = ["Resume", "coherent", "contradicting"]
