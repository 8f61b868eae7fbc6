"""Looking after providers, networks and the installation: names, membership, archiving, merging."""
