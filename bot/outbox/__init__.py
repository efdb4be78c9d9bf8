"""What was decided is said here: claim, read the facts again, render now, send, mark.

courier    takes notices and keeps a number of deliveries in flight
delivery   one notice from claim to mark
letter     a notice with all that is needed to send it
truth      whether a notice is still worth saying
address    where it goes
sending    the calls that say it
reconcile  whether an ambiguous post stands already
setbacks   what to do when Slack said no
slack      the calls, and what their errors mean

No transaction is open while Slack is asked (DESIGN, promise 4: never blindly twice).
"""
