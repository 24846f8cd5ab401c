"""Floor 6: what people and programs read: tables on disk, Excel, forms."""
