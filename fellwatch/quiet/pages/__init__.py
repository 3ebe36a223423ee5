"""The pages of the quiet door."""
