"""Brand kits: logo, colours, fonts, captions, name line, intro and outro."""
