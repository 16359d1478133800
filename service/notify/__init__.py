"""What leaves the service: webhooks, and the guard that every outgoing call passes."""
