"""What does an index keep?  Its tables, and what of them a build sees."""

from __future__ import annotations

SCHEMA = """
CREATE TABLE state (
    number INTEGER PRIMARY KEY,
    made REAL NOT NULL,
    reading TEXT NOT NULL,
    content TEXT NOT NULL,
    addresses TEXT NOT NULL,
    locales TEXT NOT NULL,
    complaints TEXT NOT NULL
);
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL,
    stamp TEXT NOT NULL,
    is_settled INTEGER NOT NULL,
    digest TEXT NOT NULL,
    locale TEXT NOT NULL,
    folder BLOB NOT NULL,
    term_id TEXT,
    title TEXT NOT NULL,
    sorted_by TEXT NOT NULL,
    names TEXT NOT NULL,
    said TEXT NOT NULL,
    translates TEXT NOT NULL,
    record TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    body_offset INTEGER NOT NULL,
    problems TEXT NOT NULL,
    is_shadowed INTEGER NOT NULL DEFAULT 0,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL
);
CREATE INDEX file_term ON file (term_id);
CREATE INDEX file_folder ON file (folder);
CREATE INDEX file_translates ON file (translates) WHERE translates <> '';
CREATE TABLE name (
    file INTEGER NOT NULL,
    key TEXT NOT NULL,
    loose TEXT,
    status INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX name_file ON name (file);
CREATE INDEX name_key ON name (key);
CREATE INDEX name_loose ON name (loose) WHERE loose IS NOT NULL;
CREATE TABLE keyword (file INTEGER NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX keyword_file ON keyword (file);
CREATE INDEX keyword_key ON keyword (key);
CREATE TABLE former (file INTEGER NOT NULL, term_id TEXT NOT NULL);
CREATE INDEX former_file ON former (file);
CREATE INDEX former_term ON former (term_id);
"""
"""One row of ``file`` for each version of a file, and for each state of the whole one of
``state``; ``since`` and ``until`` say in which states a version is seen."""

OF_THE_FILE = (
    *("path", "stamp", "is_settled", "digest", "locale", "folder", "term_id"),
    *("title", "sorted_by", "names", "said", "translates"),
    *("record", "checksum", "body_offset", "problems"),
)
"""The columns of ``file`` that say what the file holds, and not when that is seen."""

OF_A_FILE = {
    "name": "key, loose, status, text",
    "keyword": "key, text",
    "former": "term_id",
}
"""What a file has several of: table → its columns, beside the file."""

STAGE = """
DROP TABLE IF EXISTS temp.new_file;
DROP TABLE IF EXISTS temp.new_name;
DROP TABLE IF EXISTS temp.new_keyword;
DROP TABLE IF EXISTS temp.new_former;
CREATE TEMP TABLE new_file AS SELECT * FROM file WHERE 0;
CREATE TEMP TABLE new_name AS SELECT * FROM name WHERE 0;
CREATE TEMP TABLE new_keyword AS SELECT * FROM keyword WHERE 0;
CREATE TEMP TABLE new_former AS SELECT * FROM former WHERE 0;
"""
"""What was read, and is not yet to be seen by anybody."""

VIEWS = """
DROP VIEW IF EXISTS temp.entry;
DROP VIEW IF EXISTS temp.present;
DROP VIEW IF EXISTS temp.now;
CREATE TEMP VIEW now AS SELECT * FROM state WHERE number = {number};
CREATE TEMP VIEW present AS SELECT * FROM file
    WHERE since <= {number} AND until > {number};
CREATE TEMP VIEW entry AS SELECT * FROM present
    WHERE term_id IS NOT NULL AND NOT is_shadowed;
"""
"""A build asks these, and so sees one state to its end."""

NEVER = 1 << 60
"""The number of a state that no corpus reaches."""
