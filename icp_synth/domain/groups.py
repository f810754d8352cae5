"""Groups of participants that are known beforehand, as people write them."""

from __future__ import annotations

_SPELLED = {
    "super_user": "super-user",
    "churned": "churned",
    "lost": "lost",
    "new": "new",
    "poor_fit": "poor_fit",
    "prospect": "prospect",
}
"""Groups that the program knows, by the name in which they are compared."""


def group_name(group: str | None) -> str | None:
    """Return the name of a group as it is compared.

    Example:
        >>> group_name("Poor fit"), group_name("poor-fit")
        ('poor_fit', 'poor_fit')
    """
    if not group:
        return None
    return "_".join(group.casefold().replace("-", " ").replace("_", " ").split())


def group_spelled(group: str | None) -> str | None:
    """Return a known group in its one spelling, and any other as it was written.

    Example:
        >>> group_spelled("SUPER USER"), group_spelled("EMEA"), group_spelled("-")
        ('super-user', 'EMEA', None)
    """
    name = group_name(group)
    return _SPELLED.get(name, (group or "").strip()) if name else None
