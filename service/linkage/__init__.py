"""What links one candidate to another: the same face under another name."""
