"""Row policies of the foundation's own tables."""

from fellwatch.foundation.access import Table, anyone, holds, holds_named, own_record, spared_by
from fellwatch.foundation.access.permissions import COUNT, IMPORT, READ_LOG, SEE_JOBS

# Laid by the package that knows who must be kept apart from whom.
_spared = spared_by("audit_kept", "people", "subject_kind", "subject_id")

TABLES = (
    Table("foundation_user", anyone, anyone, anyone, retention="account", sentence="an account"),
    Table("foundation_user_groups", anyone, anyone, anyone, anyone, retention="account", sentence="a group"),
    Table(
        "foundation_user_user_permissions",
        anyone,
        anyone,
        anyone,
        anyone,
        retention="account",
        sentence="a permission",
    ),
    Table("foundation_apitoken", anyone, anyone, anyone, retention="account", sentence="an access token"),
    Table(
        "foundation_auditentry",
        holds(READ_LOG) & _spared,
        own_record("actor"),
        retention="log",
        sentence="the log",
    ),
    Table("foundation_auditseal", holds(READ_LOG), retention="log", sentence="the log's seals"),
    Table(
        "foundation_importrun",
        holds(IMPORT) | holds(SEE_JOBS),
        holds(IMPORT),
        holds(IMPORT),
        retention="import",
        sentence="an import",
    ),
    Table(
        "foundation_importrejection",
        holds(IMPORT),
        holds(IMPORT),
        holds(IMPORT),
        holds(IMPORT),
        retention="import",
        sentence="a row kept aside",
    ),
    Table(
        "foundation_keptcounts",
        holds_named("permission") | holds(COUNT),
        holds(COUNT),
        holds(COUNT),
        retention="reference",
        sentence="counts of a year",
    ),
)
