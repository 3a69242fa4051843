"""Questions of the record: a session goes in, frozen values come out."""
