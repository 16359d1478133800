"""What surrounds a candidate: networks they come from, devices, where equipment and pay go.

Travel, privacy and a move are ordinary; most of it asks rather than tells.
"""

from verifiers.environment import devices, logistics, network, payment

RULES = (*network.RULES, *devices.RULES, *logistics.RULES, *payment.RULES)
"""Every rule of this room."""

__all__ = ["RULES"]
