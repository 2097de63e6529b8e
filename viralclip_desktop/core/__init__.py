"""The ground floor: exact time, geometry, errors, notices, progress, resources and paths.

Standard library only; imports nothing else of ours.
"""
