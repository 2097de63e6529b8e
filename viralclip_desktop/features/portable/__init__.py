"""One portable project file (``.viralclip``): a project as a zip to keep, to send, to open elsewhere."""
