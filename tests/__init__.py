"""Tests, one room a folder.

What all of them share is a database (`conftest.py`, `postgres.py`); builders live beside the tests that use
them.
"""
