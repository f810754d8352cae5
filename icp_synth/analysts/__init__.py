"""Who does the reading: `embedded` (no model) and `llm`."""
