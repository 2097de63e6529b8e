"""A speech recogniser that is told what is said."""
