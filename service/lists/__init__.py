"""The sanctions lists of this installation: fetched, checked, swapped in as one, and their age."""
