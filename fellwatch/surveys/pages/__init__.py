"""Pages of surveys for the force; whoever rings has its own in the portal."""
