"""The contacts of a person: a list to choose from beside the reading pane."""
