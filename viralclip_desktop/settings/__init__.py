"""What the user chose: one typed declaration feeds the file, the form and the command line; keys of cloud
services live in the system keyring."""
