BEGIN TRANSACTION;
CREATE TABLE conversations (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL);
INSERT INTO "conversations" VALUES('GoldenGoldenGold','and when does it end?','2026-11-30T20:52:22.495561+00:00','2026-11-30T20:52:22.495561+00:00');
CREATE TABLE exchanges (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
    words TEXT NOT NULL, exchange TEXT NOT NULL);
INSERT INTO "exchanges" VALUES(1,'GoldenGoldenGold','and when does it end the lease ends on 31 march 2027 1','{"version": 2, "question": "and when does it end?", "filter": {"documents": ["lease.pdf"], "folders": ["contracts"], "since": "2020-01-01", "until": "2021-12-31", "languages": ["en"]}, "error": null, "answer": {"question": "and when does it end?", "searched_as": "and when does it end? (lease)", "status": "answered", "confidence": 0.8312, "citations": [{"n": 1, "document": {"id": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "path": "contracts/lease.pdf", "title": "Office lease", "copies": ["old/lease copy.pdf"], "date": "2021-03-04"}, "pages": [{"number": 6, "label": "iv"}, {"number": 7, "label": null}], "section": ["Terms", "Duration"], "start": 1000, "end": 1032, "quote": "The lease ends on 31 March 2027.", "answer_span": [1018, 1031], "passage": "The lease ends on 31 March 2027. The tenant may renew it.", "score": 0.8312, "passage_start": 1000, "dense": 0.62, "lexical": 7.5}, {"n": 2, "document": {"id": "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd", "path": "notes.md", "title": ""}, "pages": [], "section": [], "start": 33, "end": 57, "quote": "The tenant may renew it.", "answer_span": null, "passage": "End. The tenant may renew it.", "score": 0.4, "passage_start": 28, "dense": null, "lexical": 3.25}], "closest": [], "differs": true, "generation": 7, "answering": [1]}}');
INSERT INTO "exchanges" VALUES(2,'GoldenGoldenGold','who feeds the unicorn','{"version": 2, "question": "Who feeds the unicorn?", "filter": {"documents": [], "folders": [], "since": "", "until": "", "languages": []}, "error": null, "answer": {"question": "Who feeds the unicorn?", "searched_as": "Who feeds the unicorn?", "status": "not_found", "confidence": 0.1204, "citations": [], "closest": [{"n": 1, "document": {"id": "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd", "path": "notes.md", "title": ""}, "pages": [], "section": [], "start": 33, "end": 57, "quote": "The tenant may renew it.", "answer_span": null, "passage": "End. The tenant may renew it.", "score": 0.1204, "passage_start": 28, "dense": null, "lexical": 3.25}], "generation": 7, "answering": []}}');
INSERT INTO "exchanges" VALUES(3,'GoldenGoldenGold','broken','{"version": 2, "question": "broken", "filter": {"documents": [], "folders": [], "since": "", "until": "", "languages": []}, "error": {"code": "no_word"}, "answer": null}');
CREATE INDEX exchanges_conversation ON exchanges (conversation);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('exchanges',3);
PRAGMA user_version = 2;
COMMIT;
