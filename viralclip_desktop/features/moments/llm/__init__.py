"""A language model as editor: it proposes moments by quoting them, compares them, reviews where they begin
and end, and writes their titles. Everything about time is ours."""
