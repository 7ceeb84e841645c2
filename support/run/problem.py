"""What a person can put right, said in one line."""


class Problem(Exception):
    """One line: what is wrong, with what, and the setting or command that changes it. Never shown with a traceback."""
