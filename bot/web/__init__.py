"""The web side: the one door through which Slack comes in, and what an operator's machines ask.

slack    HTTP mode: what is signed, fresh, whole and well formed is handed to Bolt; the rest ends here
parsing  a signed body becomes the payload that Slack meant
health   /healthz, /readyz, /metrics
site     the FastAPI application that mounts them, and the server that runs it in our own event loop
"""
