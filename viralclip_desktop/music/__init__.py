"""Writing music: keys, forms, chords, melodies, drums. Pure: what is written is a :class:`~.song.Song`."""
