"""How laptop and server come to agree."""
