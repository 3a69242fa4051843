"""The chronology of a person: everything that happened, by year."""
