"""The keys of the actions: the user's own, kept in a file, and the dialog that changes them."""
