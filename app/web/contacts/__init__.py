"""A network's coordinator: whom the network's people can turn to, and who takes their concerns."""
