"""What a policy makes of an assessment: who must act, what is owed, and by when. Pure: no file, no clock."""
