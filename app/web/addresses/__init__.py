"""Asking by e-mail: a lead gives a list, and whoever got a letter can stop them."""
