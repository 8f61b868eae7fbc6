"""The pages for everybody: what this is, the standards, the method, privacy, accessibility, help."""
