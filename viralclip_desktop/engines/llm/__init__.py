"""Language models: one protocol over OpenAI, servers of one's own, Ollama, and a model run here."""
