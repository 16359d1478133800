"""What is told of a file that is not the list it should be."""


class UnreadableList(Exception):
    """A file is not the list that it should be; the message says where and how."""
