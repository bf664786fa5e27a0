"""The doors: HTTP, platforms, time, environment, command line."""
