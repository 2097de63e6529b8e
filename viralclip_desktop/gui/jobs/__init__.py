"""Work in progress: the page of a recording being searched for clips."""
