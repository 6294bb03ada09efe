"""What describes the tables, all of it generated from their definitions: descriptors, the card, the dictionary."""
