"""The store keeps its promises on both databases."""
