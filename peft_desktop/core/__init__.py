"""The words that every room shares: errors, settings, recipes, events, runs, projects."""
