"""Work that takes a while: the queue with its states, retry and resume, and worker processes."""
