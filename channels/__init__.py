"""Where conversations enter and leave Rasa."""
