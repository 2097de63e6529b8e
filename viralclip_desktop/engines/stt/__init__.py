"""Speech to text: engines behind one protocol, and subtitle files as a source of words."""
