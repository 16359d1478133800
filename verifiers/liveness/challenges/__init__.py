"""The parts of a challenge: `making` chooses the acts, and one module each measures them.

Read in this order: `making`, `watched` (what the recording shows over time), `windows` (when each
act was shown), then the acts (`turning`, `eyes`, `mouth`, `closer`, `hand`, `light`), `findings`.
"""
