"""The handheld's one page, the wire it speaks over, and the pages of those who look after it."""
