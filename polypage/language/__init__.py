"""What is known of languages: numbers, units, denials, sentences."""
