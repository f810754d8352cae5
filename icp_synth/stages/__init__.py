"""One verb a file; stages do not know one another."""
