"""What surrounds a candidate: the networks they come from, where equipment and pay go.

Travel, privacy and a move are ordinary; most of it asks rather than tells.
"""

from verifiers.environment import logistics, network, payment

RULES = (*network.RULES, *logistics.RULES, *payment.RULES)
"""Every rule of this room."""

__all__ = ["RULES"]
