"""Why a frame stands where it does, where nobody speaks for it."""

FITTED = "You chose to show the whole picture."
BY_HAND = "You placed the crop yourself."
UNKNOWN = "The clip was not looked at yet, so the frame stands in the middle."
