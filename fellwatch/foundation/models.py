"""Every table of the foundation, for Django to find."""

from fellwatch.foundation.accounts.models import ApiToken, User
from fellwatch.foundation.audit.models import AuditEntry, AuditSeal
from fellwatch.foundation.counts.models import KeptCounts
from fellwatch.foundation.imports.models import ImportRejection, ImportRun

__all__ = ["ApiToken", "AuditEntry", "AuditSeal", "ImportRejection", "ImportRun", "KeptCounts", "User"]
