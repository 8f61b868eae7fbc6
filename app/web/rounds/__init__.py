"""A provider's lead: opening a round, inviting, closing, reading the result."""
