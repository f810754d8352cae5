"""Doors to vectors: embedded by default, an endpoint's where asked for."""
