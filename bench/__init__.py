"""Speed, memory and accuracy, side by side with what a developer would use today."""
