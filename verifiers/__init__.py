"""Verifiers turn evidence into findings. They have no web, no database and no clock."""
