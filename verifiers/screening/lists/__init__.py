"""Readers of sanctions lists, one file a format."""

from verifiers.screening.lists.reading import files_of, read_list
from verifiers.screening.lists.unreadable import UnreadableList

__all__ = ["UnreadableList", "files_of", "read_list"]
