"""``triage-train``: the door of the workshop."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from training.artifact import Trained, load_learned, save, vectors_of
from training.bench import Bench, bench_for, console
from training.card import number
from training.corpus import Corpus, LabeledComplaint, load_corpus
from training.enough import check_enough
from training.evaluate import SHARES, by_variant, judge_all, measure
from training.public import load_public_labels, public_texts, put_together
from training.report_cli import report_command
from training.retrain_cli import gate_command, retrain_command
from training.split import Part, select
from training.suspects_cli import suspects_command
from training.texts import read_texts, text_files
from training.train import Materials, Workshop, train, train_further
from training.vectors import learn_vectors, load_vectors, save_vectors
from triage.bootstrap import House, build_engine
from triage.catalog.artifact import check_labels, read_manifest
from triage.errors import TriageError
from triage.models.decision import Thresholds
from triage.settings import SHIPPED_MODEL, load_settings

DATA = Path("data/labeled")
PUBLIC_LABELS = Path("data/public/labels.jsonl")
VECTORS = Path("var/vectors.npz")
LONGEST_TEXT = 1_500
"""Characters of a text that word vectors are learned from; what follows adds time, not words."""

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Train and measure the classifiers.")

DataOption = Annotated[Path, typer.Option("--data", help="Folder of labelled *.jsonl files.")]
ModelOption = Annotated[Path | None, typer.Option("--model", help="Model directory [default: TRIAGE_MODEL].")]


@app.command("vectors")
def vectors_command(
    sources: Annotated[
        list[Path], typer.Option("--from", help="Files or folders of texts: JSON Lines, tables, plain lines.")
    ],
    output: Annotated[Path, typer.Option(help="Where the vectors go.")] = VECTORS,
) -> None:
    """Learn word vectors from texts without labels, a shop's own archive, say."""
    house = House.from_settings(load_settings())
    files = text_files(sources)
    with bench_for("词向量") as bench:
        words = [
            [token.text for token in house.preparer.prepare(text[:LONGEST_TEXT]).tokens]
            for text in bench.track("预处理", chain.from_iterable(read_texts(path) for path in files))
        ]
        bench.step("分解")
        vectors = learn_vectors(words)
    save_vectors(vectors, output)
    console.print(f"{len(words)} 条文本、{len(vectors.words)} 个词的向量已写入 {output}")


@app.command("pretrain")
def pretrain_command(
    public: Annotated[Path, typer.Option(help="Folder with the public sets.")],
    vectors: Annotated[Path, typer.Option(help="Word vectors, see `triage-train vectors`.")] = VECTORS,
    labels: Annotated[Path, typer.Option(help="Our labels of the public texts.")] = PUBLIC_LABELS,
    data: DataOption = DATA,
    output: Annotated[Path, typer.Option(help="Where the model goes.")] = SHIPPED_MODEL,
) -> None:
    """Learn the model that ships: from the labelled complaints, labelled public texts and word vectors."""
    house = House.from_settings(load_settings())
    corpus = load_corpus(data, house.taxonomy)
    known = load_public_labels(labels, house.taxonomy)
    word_vectors = load_vectors(vectors)
    with bench_for("预训练") as bench:
        rows = put_together(known, bench.track("公开语料", public_texts(public)))
        console.print(f"{len(known)} 条公开语料标注中找到了 {len(rows)} 条的原文")
        trained = train(
            Materials(corpus, word_vectors, rows), _workshop(house), bench.step, bench.prepare_with(house)
        )
    _save(trained, output)


@app.command("train")
def train_command(
    data: DataOption = DATA,
    output: Annotated[
        Path | None, typer.Option(help="Where the model goes [default: <state>/models/own].")
    ] = None,
    base: Annotated[Path, typer.Option(help="The model to start from.")] = SHIPPED_MODEL,
    from_scratch: Annotated[
        bool, typer.Option(help="Learn from the labelled complaints alone; of the base only the vectors.")
    ] = False,
    vectors: Annotated[
        Path | None, typer.Option(help="Own word vectors instead of those of the base (with --from-scratch).")
    ] = None,
    taxonomy: Annotated[
        Path | None,
        typer.Option(help="Own topics, as knowledge/taxonomy.yaml has them (learns from scratch)."),
    ] = None,
) -> None:
    """Fine-tune the shipped model on labelled complaints; serve the result with TRIAGE_MODEL."""
    settings = load_settings()
    house = House.from_settings(settings, taxonomy)
    corpus = load_corpus(data, house.taxonomy)
    from_scratch = from_scratch or taxonomy is not None
    if vectors is not None and not from_scratch:
        raise typer.BadParameter("own vectors need --from-scratch", param_hint="--vectors")
    with bench_for("训练") as bench:
        if from_scratch:
            check_enough(corpus.rows, house.taxonomy, str(data))
            word_vectors = load_vectors(vectors) if vectors else vectors_of(base)
            trained = train(
                Materials(corpus, word_vectors), _workshop(house), bench.step, bench.prepare_with(house)
            )
        else:
            trained = _fine_tuned(base, corpus, house, bench)
    _save(trained, output or settings.state_dir / "models" / "own")


@app.command("evaluate")
def evaluate_command(
    data: Annotated[Path, typer.Argument(help="A folder or one file of labelled complaints.")] = DATA,
    part: Annotated[
        Part | None, typer.Option(help="Only this part of the rows (test, validation, train).")
    ] = None,
    model: ModelOption = None,
    output: Annotated[Path | None, typer.Option(help="Write the figures as JSON here.")] = None,
) -> None:
    """Measure rules and model together on labelled complaints, per variant."""
    settings = load_settings(model=model)
    engine = build_engine(settings)
    rows: Sequence[LabeledComplaint] = load_corpus(data, engine.taxonomy).rows
    if part is not None:
        rows = select(rows, part)
    cases = judge_all(rows, lambda text: engine.assess(engine.preparer.prepare(text)))
    figures = {"all": measure(cases), **by_variant(cases)}
    names = ("rows", *SHARES)
    console.print("  ".join(("texts", *names)))
    for name, values in figures.items():
        console.print("  ".join((name, *(str(getattr(values, column)) for column in names))))
    if output is not None:
        content = {name: values.to_dict() for name, values in figures.items()}
        output.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


app.command("suspects")(suspects_command)
app.command("report")(report_command)
app.command("retrain")(retrain_command)
app.command("gate")(gate_command)


def main() -> None:
    """Run, and turn our own errors into a clear last line and exit code 2."""
    try:
        app()
    except TriageError as error:
        console.print(f"[red]{type(error).__name__}[/]", highlight=False)
        console.print(str(error), markup=False, highlight=False, soft_wrap=True)
        sys.exit(2)


def _workshop(house: House) -> Workshop:
    return Workshop(house.taxonomy, house.preparer, house.recognizer, house.preprocessing.fingerprint)


def _fine_tuned(base: Path, corpus: Corpus, house: House, bench: Bench) -> Trained:
    manifest = read_manifest(base)
    check_labels(base, manifest, house.taxonomy)
    if manifest.preprocessing != house.preprocessing.fingerprint:
        console.print(f"{base} 是按另一套预处理训练的；在现行的词语和概念上继续训练")
    return train_further(
        load_learned(base, manifest),
        manifest.id,
        Thresholds(**manifest.thresholds.model_dump()),
        corpus,
        _workshop(house),
        bench.step,
        bench.prepare_with(house),
    )


def _save(trained: Trained, output: Path) -> None:
    manifest = save(trained, output, datetime.now(UTC))
    test = manifest.figures["test"]
    console.print(
        f"模型 [bold]{manifest.id}[/] 已写入 {output}：主题 {test['topic']:.3f}，类别 {test['category']:.3f}，"
        f"紧急召回 {number(test['emergency_recall'])}，误报 {number(test['false_alarms'])}"
        f"（测试部分 {test['rows']} 条）"
    )
