"""Records of what everything took, in SQLite or PostgreSQL; no text of a message is ever written here.

database   connect, migrate, probe, and the one kind of write transaction
recorder   the group-committing writer that the app awaits
timings    a question, its fragments and its attempts as rows
ledger     one hash-chained receipt per outbound attempt
quotas     questions per person and per workspace
reports    what was recorded, for `tessera stats` and `tessera receipts`
retention  delete by age, forget a person
plots      the waterfall and the speed-up as a picture: `drawing` says what, `canvas` how
"""
