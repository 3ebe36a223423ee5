"""Learn how strongly each likeness speaks, from a force's own people: weights, households, a second look, a sample."""
