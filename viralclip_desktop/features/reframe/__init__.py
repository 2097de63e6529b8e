"""The frame that holds who speaks: watching recordings, telling who speaks, directing shots."""
