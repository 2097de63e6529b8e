"""What a project is: media, transcript, clips, captions, framing, exports, and pure edits on them."""
