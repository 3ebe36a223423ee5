"""What the board for domestic and sexual abuse has learnt: published, read by whom it concerns, put into practice.

Used by the coordinator and by partners at their own door. No case and no person is named in a lesson.
"""
