"""ViralClip Desktop: turns long recordings into finished short clips, on the user's own machine."""

__version__ = "0.1.0"
