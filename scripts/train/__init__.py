"""What makes and measures the data files of the embedded analyst."""
