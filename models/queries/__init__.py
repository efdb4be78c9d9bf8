"""Every SELECT and UPDATE. `facts` fetches what a move may know; `record` is the only writer of cases.

All are plain functions of a Connection inside the caller's transaction, bound to one workspace.
"""
