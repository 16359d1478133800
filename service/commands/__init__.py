"""The commands of `bonafide`, one file each: parse, call, answer."""
