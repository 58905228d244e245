"""What is kept, in SQLite or PostgreSQL: assessments, corrections, keys, models. Start at :mod:`triage.store.store`."""
