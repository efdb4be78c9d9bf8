"""What happens by itself: ladders, schedules, the directory's refresh, tidying.

Truth is in the timer rows; APScheduler (in `scheduler` alone) only ticks. Each module here is one thing
that a tick does, with the time handed in by a clock.
"""
