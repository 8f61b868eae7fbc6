"""What somebody who means harm would try, gathered by class; docs/security/attacks.md lists it."""
