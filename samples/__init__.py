"""What demo, tests and benchmarks show: rendered specimen documents, animated footage, careers.

Everything here is made by code from two public-domain portraits that ship inside installed Python
packages. The people, names, numbers and employers are invented; footage is always said to be
simulated.
"""
