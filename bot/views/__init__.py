"""How what is said looks, made from rows just before it is read."""
