"""What people see: every surface, in every language, with the longest facts."""
