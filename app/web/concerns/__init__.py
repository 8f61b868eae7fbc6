"""A safeguarding contact: reading what was told in confidence, and keeping a log of what is done about it."""
