"""What handhelds send: answers given without signal, taken in once, merged, and never lost.

Used by officers at the door and by whoever settles two answers that differ. Serves the force's duty to keep what a
victim said (CPIA code of practice, recording and retention) however bad the signal was.
"""
