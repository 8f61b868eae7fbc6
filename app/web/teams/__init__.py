"""The team of a provider, and of a network: who holds which role, and inviting colleagues."""
