"""The ways to and from applicant tracking systems."""
