"""The vocabulary of Bonafide: frozen typed data, no I/O, and nothing of ours imported.

A *verification* asks about one candidate at one *stage* whether they are who they claim to be. What
was seen is a `finding`; what follows from all findings is a `verdict`. Start with `finding`, then
`verdict` and `verification`.
"""
