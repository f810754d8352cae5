"""Frozen values: what the program reads, holds and publishes. No effects."""
