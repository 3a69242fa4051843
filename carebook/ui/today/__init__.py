"""Today: what the worker has to do, whom they visit, and what they can go on with."""
