"""What the files of the providers stand on: the record, the table, the base class, the words of failures."""
