"""Small building blocks without knowledge of projects or clips."""
