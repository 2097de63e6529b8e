"""What can be set by hand, one row a value: the form in the window, the option of the command line and the
shape in JSON are all made from it."""
