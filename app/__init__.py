"""Driving Seat: people, families and providers answer about the same things, and nobody is exposed."""
