"""The rules of every room, each by its three cases."""
