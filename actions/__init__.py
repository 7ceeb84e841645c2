"""What the assistant does between two messages: ask what the policy still needs, tell its decision, open the case."""
