"""Opens an encrypted SQLite engine behind the start-up gate, or refuses and leaves the file as it was."""

from carebook.cipher.engine import as_circumstance, checkpoint, open_engine
from carebook.cipher.gate import connect
from carebook.cipher.whole import check_whole

__all__ = ["as_circumstance", "check_whole", "checkpoint", "connect", "open_engine"]
