"""What every engine raises where a file of weights cannot be used."""


class UnusableWeights(Exception):
    """A file of weights is missing, damaged or not the one we know: which, and what is wrong."""

    def __init__(self, file: str, problem: str) -> None:
        super().__init__(f"{file} {problem}")


def first_line(error: Exception) -> str:
    """Of what a library says: it may go on for pages."""
    return str(error).strip().partition("\n")[0]
