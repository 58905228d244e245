"""Complaint triage: what a retail complaint in Chinese is about, how urgent it is, who must act and by when."""

__version__ = "0.1.0"
