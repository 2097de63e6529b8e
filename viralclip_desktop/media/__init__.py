"""The only owner of ffmpeg and PyAV: run, probe, decode, peaks, thumbnails, encoders, render, verify."""
