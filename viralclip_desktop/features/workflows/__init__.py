"""Work that takes several features: a recording from file to clips, an export with faces looked for.

A feature never imports another one; what needs two of them stands here, above them.
"""
