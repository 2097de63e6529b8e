"""The command line: one file per command, one parser, the same features as the window."""
