"""The running service, measured from outside: real processes, real evidence, over its HTTP API."""
