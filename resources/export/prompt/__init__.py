"""What the model in the folder above is asked, and how its answer is read."""
