"""A class of submissions: what was asked, who handed in what, and what came of it, kept on disk.

Knows files, archives, rosters and the store. Runs nothing that was handed in:
that is done by the workers of ``grader``, each a process of its own.
"""
