"""Presentation and injection attacks over any footage, one small thing for each species.

Species as in ISO/IEC 30107-3 (presentation attack instrument species): attacks that are made in the
same way, and whose error rates are therefore told apart. All work on frames, rendered or real, and
give back as many, for the same times. `samples.presentations.species.SPECIES` names them.
"""
