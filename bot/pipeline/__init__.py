"""The way of one question: the story, its stages, planning and conclusion."""
