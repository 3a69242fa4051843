"""The council's end: keeps the record, and answers devices within what each may hold."""
