"""The chip of a passport or card, as a phone read it (ICAO 9303-10 to -12).

`files.read_chips` sorts the files, `lists.load_trust` reads the operator's lists, and
`check.check_chip` takes every step from the hashes to whoever vouches for them, and says what came
of it. Nothing is imported here, since the child that decodes face images starts with this package.
"""
