"""How the tables came about, step by step. A published step never changes; the next one is a new file."""
