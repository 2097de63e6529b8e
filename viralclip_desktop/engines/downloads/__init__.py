"""Models the user installs: what there is, fetching it, checking it, removing it."""
