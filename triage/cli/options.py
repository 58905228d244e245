"""Options that several commands share, and where messages go."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

errors = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

PolicyOption = Annotated[str | None, typer.Option(help="Policy profile [default: TRIAGE_POLICY].")]
ModelOption = Annotated[Path | None, typer.Option(help="Model directory [default: TRIAGE_MODEL].")]
KnowledgeOption = Annotated[Path | None, typer.Option(help="Your own knowledge files, laid over ours.")]
RulesOnlyOption = Annotated[
    bool, typer.Option("--rules-only", help="Go on with the rules alone if the model fails.")
]
HazardOption = Annotated[str | None, typer.Option(help="Only the rules of this hazard, e.g. fire.")]
