"""Settings: the form made from their declaration, keys, storage, backups."""
