"""From files and wishes to a project, and from a project to a recipe."""
