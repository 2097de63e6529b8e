"""Where faces are in a recording: looked for once, kept beside it."""
