"""Signing in at a network's own identity provider."""
