"""Doors to language models, and what wraps every call."""
