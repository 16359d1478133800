"""What runs in the decoding child: bytes in, upright RGB pixels out.

Nothing here knows the file's name, imports numpy, or starts quickly enough to be done without: the
child's start-up is paid for every file, so each decoder is imported by the format that needs it.
"""
