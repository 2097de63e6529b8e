"""Captions: words -> phrases -> lines laid out by ourselves -> one ASS document for libass."""
