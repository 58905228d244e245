"""Old complaints by the million: files in, the same files with judgements out, and no row lost.

See ``docs/batch.md``. From Python: :func:`triage.batch.frames.judge_frames` and
:func:`~triage.batch.frames.judge_batches` work on pandas frames and Arrow batches, :func:`triage.batch.relabel.relabel`
on files.
"""
