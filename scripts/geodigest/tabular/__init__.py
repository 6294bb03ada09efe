"""The tables: read from `schema/`, and from that one definition everything else that describes or checks them."""
