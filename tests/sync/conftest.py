"""The fixtures of councils, for tests of sync."""

from councils import council, database, database_server, small_council

__all__ = ["council", "database", "database_server", "small_council"]
