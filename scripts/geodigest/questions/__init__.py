"""Questions that the card asks of the published tables, an SQL file each, with their answers and charts."""
