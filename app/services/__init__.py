"""Use cases, one capability a file. Only services commit; pages, API and commands call them."""
