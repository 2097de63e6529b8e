"""Sentence meaning: texts as vectors whose cosine says how alike they are in what they mean."""
