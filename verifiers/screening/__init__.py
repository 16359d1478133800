"""Sanctions lists. What is found is for those who answer for compliance, and for nobody else."""

from verifiers.screening.listed import RULES

__all__ = ["RULES"]
