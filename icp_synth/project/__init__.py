"""The project folder: the ledger of what machines made, people's plain text."""
