"""What the service keeps: keys, blobs, tables."""
