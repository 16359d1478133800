"""A résumé into draft claims: text by PDFium or python-docx, sections, dates, entries.

Nothing is guessed: a value that is not in the text is absent, and a date is never finer than it is
written. Neither the language nor the name, the picture, the age or the gender has any part in it.
"""
