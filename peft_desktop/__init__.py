"""PEFT Desktop: from a spreadsheet of texts to a model you can trust, offline."""

__version__ = "0.1.0"
