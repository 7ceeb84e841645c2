"""What a running process says of itself. About conversations, never about what is said in them."""
