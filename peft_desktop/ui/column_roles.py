"""Which column plays which part, and how a change of one moves the others."""

from __future__ import annotations

from ..core.project import Roles


def roles_by_column(roles: Roles) -> dict[str, str]:
    """Column name -> role, for the columns that play one."""
    return {column: role for role, column in roles.model_dump().items() if column}


def changed_roles(roles: Roles, column: str, role: str) -> Roles:
    """`roles` with `column` playing `role` ("" for none).

    A column that loses its role this way takes over the one that `column` had: text and label
    change places in one step.
    """
    parts: dict[str, str | None] = roles.model_dump()
    before = next((name for name, held in parts.items() if held == column), None)
    displaced = parts.get(role) if role else None
    if before is not None:
        parts[before] = displaced
    if role:
        parts[role] = column
    return Roles.model_validate({**parts, "text": parts["text"] or ""})
