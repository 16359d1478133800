"""`kill -9` against the whole service: nothing accepted is lost, nothing is decided twice."""
