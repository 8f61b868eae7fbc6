"""A network's own voices."""
