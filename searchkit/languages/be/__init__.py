"""Belarusian, of which only the names of people are read: see `languages.names_only`."""
