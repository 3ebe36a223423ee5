"""Only the owner's connection changes tables."""


class OwnerMigrates:
    """Django's database router: the application role never migrates."""

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """Allow migrations on the owner's connection alone."""
        return db == "owner"

    def allow_relation(self, one: object, other: object, **hints: object) -> bool:
        """Both connections reach the same database."""
        return True
