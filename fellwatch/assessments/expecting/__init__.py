"""Work that an incident calls for and nobody has begun: seen when the incident is written, gone when it appears.

Used by whoever writes an incident, its people or a form, and read by the central team and supervisors.
Serves HMICFRS's causes of concern on incidents of domestic abuse without a form, a notice or an arrest.
"""
