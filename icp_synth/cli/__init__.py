"""Parse, call one function, render. The only place that prints."""
