"""The trim bar: waveform, handles and the words at the cut."""
