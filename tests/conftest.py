"""What all tests share: Hypothesis without deadlines, for slow and busy machines."""

from hypothesis import settings

# A deadline is an assertion on wall time, and a test never makes one.
settings.register_profile("bonafide", deadline=None)
settings.load_profile("bonafide")
