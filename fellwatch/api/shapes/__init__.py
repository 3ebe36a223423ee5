"""What is sent and what is answered, field by field. A change here is a change of the published API."""
