"""The command line: one file per command, one parser, the same services as the window."""
