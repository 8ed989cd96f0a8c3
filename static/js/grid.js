// Shows the table of a diagram's form as cells to type in.
