"""The log, for auditors."""
