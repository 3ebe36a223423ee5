"""How somebody may safely be reached: one register of what was said, never overwritten, asked before anything goes.

Control room, officers and safeguarding write and read it; the mail door and whoever telephones are held to it.
"""
