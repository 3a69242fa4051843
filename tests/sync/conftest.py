"""The fixtures of councils, for tests of sync."""

from councils import council, database_server, new_database, small_council

__all__ = ["council", "database_server", "new_database", "small_council"]
