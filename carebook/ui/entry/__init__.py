"""Reading one entry, with its versions, and moving it when it was written on the wrong person."""
