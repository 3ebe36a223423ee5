"""Pages of response: what an officer does at a desk, a supervisor reviews and a crime recorder decides."""
