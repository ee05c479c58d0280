"""Tables of texts: reading them, the columns' roles, checks, splits, and writing results."""

from __future__ import annotations

from .checks import blank_texts, check_labels, overlap
from .imported import Imported, Receipt, Rejected
from .readers import READERS, ReadSettings, read_chunks, read_file
from .roles import Roles, guess_roles, roles_for
from .splits import extended, per_class, split_for_few_shot, stratified

__all__ = [
    "READERS",
    "Imported",
    "ReadSettings",
    "Receipt",
    "Rejected",
    "Roles",
    "blank_texts",
    "check_labels",
    "extended",
    "guess_roles",
    "overlap",
    "per_class",
    "read_chunks",
    "read_file",
    "roles_for",
    "split_for_few_shot",
    "stratified",
]
