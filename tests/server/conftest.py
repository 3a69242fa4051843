"""The fixtures of councils, for tests of the server."""

from councils import council, database_server, new_database, small_council

__all__ = ["council", "database_server", "new_database", "small_council"]
