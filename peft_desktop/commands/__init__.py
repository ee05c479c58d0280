"""The command line, one file a command; every heavy import waits inside its function."""
