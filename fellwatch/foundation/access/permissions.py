"""Permissions of the foundation itself."""

READ_LOG = "audit.read"
VERIFY_LOG = "audit.verify"
IMPORT = "imports.run"
SEE_JOBS = "jobs.read"
COUNT = "counts.keep"
"""Count for everybody, once an hour, what takes long to count."""
ACCOUNTS = "accounts.manage"
