"""The words: catalogs that are complete, dates and spaces that are right, a check that finds what is not."""
