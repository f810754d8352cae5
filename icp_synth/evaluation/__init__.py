"""How good a reading is, measured on labelled interviews (docs/evaluation.md)."""
