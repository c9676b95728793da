"""Every phrase that people read, as a type: a language that lacks one does not load."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.phrases.count import Count
from ingest.reasons import Code


@dataclass(frozen=True, slots=True)
class Words:
    """The phrases of one language, from its TOML file; parts in braces are filled in by `str.format`.

    Plain text without markup or quotation marks of HTML, so that it needs no escaping. `code` is the
    language's of BCP 47, `direction` that of its script, "ltr" or "rtl", `name` its own name for
    itself, `address` the path of its page: "/" for the first language, "/ar/" for Arabic.
    """

    code: str
    direction: str
    name: str
    address: str
    comma: str
    reasons: Mapping[Code, str | Count]  # a phrase for every code

    # The page.
    documents: str
    fresh: str
    add: str
    conversation: str
    to_newest: str
    your_question: str
    ask: str
    welcome: str
    welcome_note: str
    language: str

    # An answer.
    searched_as: str
    by_words: str
    edit: str
    searching: Count
    cancel: str
    answered_from: str
    differ: str
    further: Count
    confidence: str
    confidence_note: str
    uncalibrated: str
    very_likely: str
    likely: str
    probably: str
    perhaps: str
    copy: str
    copied: str
    not_copied: str
    answered: str
    possible: str
    not_found: str
    closest: Count
    maybe_unread: str
    more_files: str
    map: str
    nearby: str

    # Answers: where what was asked for is no quote.
    quotes_only: str
    what_is_said: str
    its_outline: str
    outline_of: str
    which_document: str
    on_each: str
    nothing_on: str
    can_answer: str

    # Answers: why a passage was taken.
    why: str
    in_passage: str
    in_headings: str
    not_there: str
    meaning: str
    meaning_note: str
    no_meaning: str
    shared: str
    shared_note: str
    sureness: str
    sureness_note: str

    # Where a quote stands.
    printed_pages: Count
    between_pages: str
    page_or_later: str
    pdf_pages: Count
    numbered_pages: Count
    slides: Count
    dated: str
    undated: str
    absent: str
    probable: str
    note_to: str
    note: str
    note_by: str
    recognised: str
    running: str
    detail: str
    details: Mapping[str, str]

    # The documents.
    n_documents: Count
    n_files: Count
    n_pages: Count
    n_passages: Count
    a_copy: str
    no_documents: str
    not_read: str

    # Documents: actions and filters.
    filter: str
    all_or_named: str
    folders: str
    since: str
    until: str
    document_language: str
    from_day: str
    to_day: str
    drop_part: str
    clear_filter: str
    n_asked: Count
    n_undated: Count
    library: str
    close_library: str
    find_document: str
    none_named: str
    sort_by: str
    by_name: str
    by_date: str
    by_state: str
    ascending: str
    descending: str
    state_read: str
    state_partly: str
    state_unread: str
    ask_only: str
    reread: str
    remove: str
    really_remove: str
    keep: str
    not_ours: str
    watching: Count
    watched_at: str
    watch_problem: str

    # Documents: uploads.
    drop_here: str
    drop_now: str
    choose_files: str
    choose_folder: str
    clear_uploads: str
    waiting: str
    uploading: str
    in_turn: str
    reading: str
    indexing: str
    already: str
    same_as: str
    cancelled: str
    not_done: str
    too_large: str
    lost: str
    n_uploaded: Count

    # Documents: while any are read.
    being_read: str
    being_recognised: str
    stop: str
    stopping: str
    by_another: str
    file_of: str
    page_of: str
    seconds_left: Count
    minutes_left: Count
    hours_left: Count
    unread_then: str

    # The source panel.
    source: str
    no_picture: str
    unboxed: str
    close_source: str
    also_as: str
    page: str
    pages: str
    previous_page: str
    next_page: str
    of_pages: str
    zoom_out: str
    zoom_in: str
    open: str
    open_original: str
    download_original: str
    page_alt: str
    n_boxed: Count
    citation: str
    citations: str
    previous: str
    next: str
    step: str

    # Conversations.
    conversations: str
    menu: str
    find_conversation: str
    none_holds: str
    older_ones: str
    n_questions: Count
    more_about: str
    rename: str
    new_title: str
    export: str
    delete: str
    delete_this: str
    delete_note: str
    quotes_gone: str
    forget: Count
    forget_these: str
    forget_note: str
    keep_it: str
    copy_link: str
    as_it_was: str
    no_conversation: str
    not_kept: str

    # States.
    send: str
    connection_lost: str
    needs_scripts: str
    no_such_page: str
    no_such_page_note: str
    no_such_document: str
    no_such_document_note: str
    to_the_chat: str
