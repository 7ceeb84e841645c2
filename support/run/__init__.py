"""Running the assistant: one command that starts, watches and stops all its processes."""
