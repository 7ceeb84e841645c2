"""`support chat`: the conversation of the website, in a terminal, over the same chat API."""
