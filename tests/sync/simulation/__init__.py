"""Three laptops and a server in one process, with everything that can go wrong on the way, from one seed."""
