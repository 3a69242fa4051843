"""New person: adding someone, with a look at who is here already."""
