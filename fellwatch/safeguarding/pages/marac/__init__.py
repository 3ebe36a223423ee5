"""The MARAC's pages: what waits, one referral, one meeting, the chair's page, minutes, the quarter, who is kept out."""
