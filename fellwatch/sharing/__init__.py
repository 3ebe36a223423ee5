"""What another agency is told: referrals with their lawful basis, necessity, preview and receipt.

For whoever refers, and for the partner who answers at its own door. Serves the Data Protection Act 2018 Part 3,
the Children Act 2004 s11 and the Care Act 2014 s42.
"""
