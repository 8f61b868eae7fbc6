"""Accounts: signing in, the second step, sessions, and what people set for themselves."""
