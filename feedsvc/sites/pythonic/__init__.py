"""What the engines that are written in Python have in common."""
