"""What a finished run found, as one page for people: ``triage relabel --report``.

The output is read twice. The first reading counts (``counting``, ``handled``, ``emergencies``, ``old_labels``,
``bursts``) and takes the signatures of the texts (``duplicates``); the second picks the rows that the page shows,
which only the sums can tell: those whose old label is doubtful (``suspects``) and those that repeat others
(``merged``). ``make`` puts it together, ``page`` writes it. Nothing grows with the number of rows; what is bounded
says so at its constant.
"""
