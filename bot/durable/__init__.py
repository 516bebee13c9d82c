"""Questions that survive a crash: the story's steps as a DBOS workflow, sealed, taken over, purged."""
