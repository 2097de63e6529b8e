"""Export choices and the export queue."""
