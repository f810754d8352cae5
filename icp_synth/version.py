"""The version of the package, as recorded in every manifest."""

__version__ = "0.1.0"
