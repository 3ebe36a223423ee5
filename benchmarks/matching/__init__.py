"""Who is this? Fellwatch beside its peers on an invented population with an error generator of its own."""
