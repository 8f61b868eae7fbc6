"""A network's coordinator: campaigns and their results, never a provider's own."""
