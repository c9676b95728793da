"""Are questions about "B12" answered by what is said of "B6"? python -m tests.measure.code_questions.

The questions of a development set that name such a code are asked as they are, with and without what
tells codes apart; then with their numbers changed, so that nothing is about what they name.
"""

import argparse
from collections import Counter
from dataclasses import replace
from unittest.mock import patch

from app.answering import reader
from app.answering.assistant import Assistant
from app.answering.codes import CODE, codes
from app.evaluation.dataset import questions
from app.evaluation.evaluate import fill, own_settings
from app.models.cross_encoder import load_cross_encoder
from index.embedding.embedder import load_embedder
from ingest.settings import Settings, load_settings
from tests.measure.bench import EVAL

SET = "covidqa_200423"
_MOST = 100  # questions
_OTHER = 70  # what is added to a number


def main() -> None:
    """Print how many answers differ, and what questions about nothing are shown."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    settings = own_settings(replace(Settings(), store=load_settings({}).store), EVAL / SET)
    fill(settings, EVAL / SET, None, load_embedder, lambda progress: None)
    assistant = Assistant(settings, load_embedder, load_cross_encoder(settings))
    asked = [one.question for one in questions(EVAL / SET, None) if codes(one.question)][:_MOST]
    changed = [CODE.sub(lambda code: f"{code[1]}{int(code[2]) + _OTHER}", one) for one in asked]
    told = [assistant.ask(one) for one in asked]
    statuses = Counter(assistant.ask(one).status for one in changed)
    with patch.object(reader, "is_of_another", lambda *_: False):
        untold = [assistant.ask(one) for one in asked]
        others = Counter(assistant.ask(one).status for one in changed)
    assistant.close()
    pairs = zip(told, untold, strict=True)
    differ = sum((one.status, one.text) != (other.status, other.text) for one, other in pairs)
    print(
        f"{differ} of {len(asked)} answers differ; numbers changed: {dict(statuses)}, without {dict(others)}"
    )


if __name__ == "__main__":
    main()
