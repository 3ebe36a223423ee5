"""People and machines that sign in, the roles that say what they may do, and tokens for machines."""
