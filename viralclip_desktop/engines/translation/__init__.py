"""Translation: one protocol over language models and CTranslate2 models on the user's disk."""
