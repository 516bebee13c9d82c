"""A serving process: what it is made of, whether it is ready, what it tells a platform."""
