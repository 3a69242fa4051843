"""This device's encrypted store: keys, engine, migrations, outbox and the one way to write."""
