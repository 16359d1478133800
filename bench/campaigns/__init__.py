"""Published schemes as streams of cases among benign applicants, replayed through the product.

`python -m bench.campaigns [--benign N] [--seed N] [--picture FILE] [--json]`; what was assumed and
what came out is told in docs/campaigns.md.
"""
