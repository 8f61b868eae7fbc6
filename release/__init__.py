"""What goes with a release: the list of everything in it, and whether a fault is known in any of it."""
