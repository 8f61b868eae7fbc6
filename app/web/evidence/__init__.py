"""A provider's evidence: the files that its team keeps beside its self-assessment."""
