"""What must not be seen: finding and hiding it before sending, and the guard on the wire."""
