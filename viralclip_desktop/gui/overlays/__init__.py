"""Pictures and silent films over a clip."""
