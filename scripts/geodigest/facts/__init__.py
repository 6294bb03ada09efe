"""Facts inside the text: figures, references, and what later tables hold."""
