"""What several features need: the services they run on, shared queries, shared starting values."""
