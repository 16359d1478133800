"""Sources outside, each against a server on this machine that speaks as it is documented to."""
