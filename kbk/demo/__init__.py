"""A whole demonstration edition, the same at every loading.

Units are real, finalists are those of Semarang's contest of 2 August 2024; all people, groups' names, figures and
marks are made up, and every person's name says "(contoh)".
"""
