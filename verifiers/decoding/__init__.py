"""What runs in the decoding child: bytes in, upright RGB pixels out.

Nothing here knows the file's name. The child's start-up is paid for every file, so numpy stays out,
and a decoder is imported only for the format that needs it.
"""
