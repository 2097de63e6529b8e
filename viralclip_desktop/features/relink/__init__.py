"""Finding recordings and all other files again that were moved or renamed, by their content."""
