"""Signs of tampering on pictures of documents: each measured, none a verdict.

One module looks for one sign: a `Subject` in, a `Looked` out. What a score is worth is decided by
how often honest documents reach it, which `bench/forensics.py` measures on renders.
"""
