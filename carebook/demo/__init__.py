"""A demonstration council: invented people, a day in the life, and the commands that show them."""
