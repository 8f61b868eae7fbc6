"""Paper: booklets to print, and the screens on which their answers are typed in."""
