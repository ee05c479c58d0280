"""The prompt: template, label words, and how a row becomes the tokens that a model reads."""
