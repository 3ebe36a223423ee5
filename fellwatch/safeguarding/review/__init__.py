"""The central team's review: one queue by risk and age, whose sum is proved; the thread of a person's risk.

Used by safeguarding reviewers and those who answer for them. Serves HMICFRS PEEL 2018/19 on unreviewed risk.
"""
