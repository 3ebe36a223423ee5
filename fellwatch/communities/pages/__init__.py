"""Pages of the room: what partners know, how it is linked, and what a person must decide."""
