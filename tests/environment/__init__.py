"""What surrounds a candidate: addresses, networks, equipment, pay."""
