"""What is true: the rules, and everything that touches the database.

`rules` is pure, `tables` says what is stored, `queries` reads and writes it, `session` holds the
transaction. Nothing here imports bot or handlers.
"""
