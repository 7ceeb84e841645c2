"""What a customer's message means: Rasa graph components, and plain functions for dates and postcodes."""
