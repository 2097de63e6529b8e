"""Music and voice under and beside a clip."""
