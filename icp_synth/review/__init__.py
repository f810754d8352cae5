"""The review page: a local server on which people correct what the program drafted."""
