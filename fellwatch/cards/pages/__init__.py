"""The pages of what several rooms say together."""
