"""Answering: by link, without an account, without cookies and without JavaScript."""
