"""Streams of applicants: published schemes among benign people who share things in all honesty.

case       one applicant at one stage, as data
applicant  a generated life with the things that its person has, as they tell it; moving, the same
           life in another city; surrounded, what a company sees around it
things     telephones, homes, networks, accounts, devices; writing, the text of résumés
benign     the kinds of benign applicants, and how many of each are assumed
schemes    the schemes; stream, all of them in the order of arrival
"""
