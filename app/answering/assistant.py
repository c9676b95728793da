"""The assistant: from a question to an Answer, always from the newest generation of a store."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice

from app.answering.answer import Answer, Offer, Turn, UnreadFile, status_of
from app.answering.citing import cited
from app.answering.evidence import is_calibrated
from app.answering.follow_up import among_quotes, found_after, just_quoted
from app.answering.newest import Newest
from app.answering.offers import alone, summary
from app.answering.query import query_of, spelt
from app.answering.questions import checked
from app.answering.reader import CrossEncoder, Remembering
from app.answering.requests import Asked, requested
from app.answering.seeker import Seeker
from app.answering.shapes import Found, Seek, find, numbered, select
from app.answering.suggestions import about, in_turn
from index.catalogue.database import current
from index.store import Generation
from index.types import Embedder, Load, Query, Scope, StoreStatus
from ingest.errors import UsageError
from ingest.settings import POSSIBLE, Settings

MOST_CITATIONS = 100
_LOOKED_AT = 30  # documents that examples may come from
_OFFERED = 4  # questions that are offered to who asks what can be asked
_REMEMBERED = 1000  # questions of which it is known if they are answered


class Assistant:
    """Answers questions from the newest generation of a store; safe to share between threads."""

    def __init__(self, settings: Settings, load: Load, encoder: CrossEncoder | None = None) -> None:
        """Without a cross-encoder, the search and the words alone decide what answers.

        Raises: StoreError where the store cannot be opened with the model that is set, ModelError.
        """
        self._settings = settings
        self._encoder = encoder
        self._newest = Newest(settings, load)
        self._known: dict[tuple[object, ...], bool] = {}
        with self._newest.opened():
            pass

    def ask(
        self, question: str, history: Sequence[Turn] = (), top_k: int = 5, documents: Scope = None
    ) -> Answer:
        """The answer, with up to `top_k` citations, or closest passages where nothing answers.

        Only documents of these SHA-256 are searched, so that one edited since is left out; None is all. Of
        what was not read, too, only files of these are named.
        Raises: UsageError for a question or `top_k` that cannot be used; StoreError.
        """
        question = checked(question)
        if not 1 <= top_k <= MOST_CITATIONS:
            raise UsageError(f"expected top-k between 1 and {MOST_CITATIONS}, found {top_k}")
        with self._newest.opened() as (generation, embedder):
            query = query_of(question, history, generation.language)
            asked = requested(question)
            offer = self._offer(asked, query, history, documents, generation) if asked else None
            if offer is not None:
                return alone(query, offer, generation)
            if asked is not None and asked.kind == "summary":
                query, offer = query_of(asked.of, history, generation.language), Offer("summary")
            answer = self._searched(query, history, top_k, documents, asked, generation, embedder)
            return replace(answer, question=question, offer=offer or answer.offer)

    def _offer(
        self,
        asked: Asked,
        query: Query,
        history: Sequence[Turn],
        documents: Scope,
        generation: Generation,
    ) -> Offer | None:
        """What stands in an answer's place; None where what is asked for can be searched."""
        if asked.kind == "help":
            return Offer("help", questions=tuple(self.examples(_OFFERED, query.language, documents)))
        if asked.things:
            return None
        compared = asked.kind == "comparison"
        offer = summary(query, asked.of, () if compared else history, documents, generation)
        return replace(offer, kind=asked.kind) if offer else None

    def _searched(
        self,
        query: Query,
        history: Sequence[Turn],
        top_k: int,
        documents: Scope,
        asked: Asked | None,
        generation: Generation,
        embedder: Embedder,
    ) -> Answer:
        """The answer that a search finds, and what it took."""
        started = time.perf_counter()
        query = spelt(query, generation, embedder.is_word)
        seeker = Seeker(generation, embedder)
        things = asked.things if asked else ()
        encoder = Remembering(self._encoder) if query.added and self._encoder else self._encoder

        def found_in(query: Query, scope: Scope, seek: Seek | None = None) -> Found:
            seek = seek or partial(seeker.seek, documents=scope)
            return find(query, top_k, seek, encoder, embedder, generation, things)

        if query.added:
            quoted = just_quoted(history, partial(seeker.seek, documents=documents), generation)
            near = frozenset(quoted) if documents is None else documents.intersection(quoted)
            said = among_quotes(history, partial(seeker.seek, documents=near), generation)
            found = found_after(query, near, documents, found_in, partial(found_in, scope=near, seek=said))
            found = replace(found, readings=found.readings[:top_k])
        else:
            found = found_in(query, documents)
        answer = replace(
            self._answer(found, generation, documents),
            calibrated=is_calibrated(embedder.name),
            by_words=not embedder.knows(str(found.query)),
        )
        total = (time.perf_counter() - started) * 1000
        embed, search = seeker.embedding_ms, seeker.ms - seeker.embedding_ms
        timings = {"embed": embed, "search": search, "read": total - seeker.ms, "total": total}
        return replace(answer, timings_ms=timings)

    def _answer(self, found: Found, generation: Generation, documents: Scope) -> Answer:
        """The answer that what was found makes."""
        readings = found.readings
        threshold = self._settings.threshold
        sure = readings[0].confidence if readings else 0.0
        status = status_of(sure, threshold) if readings else "not_found"
        shown, least = status != "not_found", threshold if status == "answered" else POSSIBLE
        said, differs = select(found, least, generation) if shown else ((), False)
        each = enumerate(readings, 1)
        citations = tuple(cited(n, reading, generation, found.query) for n, reading in each)
        return Answer(
            question=found.query.text,
            searched_as=str(found.query),
            status=status,
            confidence=sure,
            citations=citations if shown else (),
            answering=tuple(citations[place].n for place in said),
            closest=() if shown else citations,
            unread=tuple(
                UnreadFile(path, entry.pages, entry.reason) for path, entry in generation.unread_in(documents)
            ),
            generation=generation.number,
            timings_ms={},
            differs=differs,
            by_document=found.by_document,
            offer=Offer("comparison", things=numbered(found)) if found.sides else None,
        )

    def status(self) -> StoreStatus:
        """What the newest generation holds. Raises: StoreError."""
        with self._newest.opened() as (generation, _):
            return generation.status()

    def matching(self, globs: Sequence[str]) -> frozenset[str]:
        """SHA-256 of the documents that globs name; see `Generation.matching`. Raises: StoreError."""
        with self._newest.opened() as (generation, _):
            return generation.matching(globs)

    def answers(self, question: str, documents: Scope = None) -> bool:
        """True if the question is answered; remembered until the next ingest. Raises as `ask` does."""
        key = self._key(question, documents)
        answered = self._known.get(key)
        if answered is None:
            answered = self.ask(question, documents=documents).status == "answered"
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = answered
        return answered

    def answered_at_a_look(self, questions: Iterable[str], documents: Scope = None) -> Iterator[str]:
        """The questions known to be answered, and the first unknown one if it is: at most one is asked.

        Raises as `ask` does.
        """
        looked = False
        for question in questions:
            known = self._key(question, documents) in self._known
            if (known or not looked) and self.answers(question, documents):
                yield question
            looked = looked or not known

    def _key(self, question: str, documents: Scope) -> tuple[object, ...]:
        newest = current(self._settings.store)
        return newest.number, newest.created, question, documents

    def examples(self, n: int, language: str, documents: Scope = None) -> Iterator[str]:
        """Up to n different questions made of these documents' own words, each of which finds an answer.

        Those of documents in the language, a two-letter code, come first; each is of another document
        as long as there are enough.
        """
        with self._newest.opened() as (generation, _):
            read = [generation.document(one) for one in generation.document_ids(documents)[:_LOOKED_AT]]

        def others() -> Iterator[list[str]]:
            known = {question for document in read for question in about(document, language)}
            yield from ([each for each in about(document) if each not in known] for document in read)

        own = (about(document, language) for document in read)
        both = chain(self._answered(own, n, documents), self._answered(others(), n, documents))
        yield from islice(both, n)

    def _answered(self, columns: Iterable[Sequence[str]], n: int, documents: Scope) -> Iterator[str]:
        """The questions that these documents answer, one of each in turn; about 4 n are tried.

        A column has the questions of one document; at most 2 n that have any are made.
        """
        tried = list(islice(filter(None, columns), 2 * n))
        tries = max(2, 4 * n // max(len(tried), 1))
        answers = partial(self.answers, documents=documents)
        yield from in_turn(filter(answers, column[:tries]) for column in tried)

    def close(self) -> None:
        """Lets go of the store."""
        self._newest.close()
