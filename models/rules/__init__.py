"""The rules of escalations: values in, values out, no I/O, `now` as an argument.

A move (one verb, one file, in `moves`) takes Facts and a form and answers with a Change or a Refusal.
"""
