"""The command line: one file per command, one parser, the same desk as the window."""
