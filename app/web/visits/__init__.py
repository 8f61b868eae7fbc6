"""Visits of quality checkers: planning them, getting ready, and the app that works without a network."""
