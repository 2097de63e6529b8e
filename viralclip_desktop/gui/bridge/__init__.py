"""Between Qt and the rest: work off the GUI thread, and events brought onto it."""
