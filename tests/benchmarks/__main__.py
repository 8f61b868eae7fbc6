"""`make bench`: one JSON line a figure, each with its limit. Figures of one run compare; they are no pass or fail."""

import json
import tempfile
from pathlib import Path

from tests.benchmarks.figure import Figure
from tests.benchmarks.pages import page_bytes
from tests.benchmarks.reports import closing_and_reporting
from tests.benchmarks.saved_answer import saved_answer


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="driving-seat-bench-") as folder:
        for measure in (saved_answer, closing_and_reporting, page_bytes):
            for figure in measure(Path(folder) / measure.__name__):
                print(json.dumps(Figure.as_line(figure)), flush=True)


if __name__ == "__main__":
    main()
