"""What is told of a frame that follows nobody."""

FITTED = "You chose to show the whole picture."
BY_HAND = "You placed the crop yourself."
UNKNOWN = "The frame stands in the middle until it is known who speaks."
"""Of a clip that was not watched yet."""
