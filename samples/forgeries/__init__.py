"""What forgers do to a document or its picture, at several strengths, over specimens only.

One module to each sign that `verifiers/documents/forensics` looks for.
"""
