"""The Web API: a file per method family, each with a table of its methods.

call       one call: who asks, with which arguments, of which workspace
pages      cursors
scopes     which permission a method needs
dispatch   from a name to an answer: token, required arguments, faults, error codes
"""
