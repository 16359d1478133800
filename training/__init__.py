"""Makes the weights that are committed; needs the optional group `train`, run time never does."""
