"""What the record is: the ledger, the typed tables and the projector between them."""
