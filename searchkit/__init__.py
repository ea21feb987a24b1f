"""Full-text search over documents in English, Kazakh, Uzbek and Russian, in Cyrillic and Latin."""
