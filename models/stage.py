"""The moments at which a person is verified."""

from enum import StrEnum


class Stage(StrEnum):
    """Where in the hiring a verification takes place, and after it."""

    APPLICATION = "application"
    INTERVIEW = "interview"
    OFFER = "offer"
    ONBOARDING = "onboarding"
    PERIODIC = "periodic"
