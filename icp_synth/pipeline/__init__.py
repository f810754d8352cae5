"""Which step next, resume, events. Prints nothing."""
