-- The house's tables, in three classes (ARCHITECTURE.md, "Three classes of table").
-- Instants are microseconds since 1970 UTC, days are days since 1970 at +08:00, money is fen.

-- ---- folded: rebuilt from the journal, in the digest ----

-- One row per record of any kind. Typed columns for what every kind has; `data` holds the
-- other values as canonical JSON, names ascending.
CREATE TABLE record (
    id           INTEGER PRIMARY KEY,
    kind         TEXT    NOT NULL,
    number       TEXT,
    title        TEXT,
    parent       INTEGER,
    status       TEXT,
    result       TEXT,
    place        INTEGER,
    lead         INTEGER,
    submitter    INTEGER,
    category     TEXT,
    amount       INTEGER,
    created_at   INTEGER,
    accepted_at  INTEGER,
    closed_at    INTEGER,
    published_at INTEGER,
    voided_at    INTEGER,
    due_on       INTEGER,
    yellow_at    INTEGER,
    red_at       INTEGER,
    paused_on    INTEGER,
    open         INTEGER,
    version      INTEGER NOT NULL, -- sequence of the last entry that touched it
    days_used    INTEGER NOT NULL, -- the value in data once more for the board; -1: none
    data         TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX record_number ON record (number) WHERE number IS NOT NULL;
CREATE INDEX record_kind ON record (kind, created_at, id);
CREATE INDEX record_status ON record (kind, status);
-- The board reads nothing but these two.
CREATE INDEX record_open ON record (kind, lead, red_at, yellow_at, paused_on, open, voided_at)
    WHERE open = 1 AND voided_at IS NULL;
CREATE INDEX record_closed ON record (closed_at, kind, lead, days_used, open, voided_at)
    WHERE closed_at IS NOT NULL;
CREATE INDEX record_parent ON record (parent, kind) WHERE parent IS NOT NULL;
CREATE INDEX record_published ON record (kind, published_at, id) WHERE published_at IS NOT NULL;
CREATE INDEX record_answers ON record (published_at, id) WHERE published_at IS NOT NULL;

-- Every value that points to records or organisations: name is the value's name.
CREATE TABLE record_link (
    record INTEGER NOT NULL,
    name   TEXT    NOT NULL,
    target INTEGER NOT NULL,
    PRIMARY KEY (record, name, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_link_target ON record_link (target, name, record);

-- One row for each organisation whose staff may list the record: the only meaning of
-- "may see" in SQL. What lists test of every row stands here too, so that a walk reads no record it
-- does not show. Five walks need no sorting: newest of a kind (the key), newest of a status, open
-- ones by due day, of one status too, and what waits for a second person by due day. Categories have no walk of their own: few and all common, so a tested walk along
-- one of these finds a page soon, and each index is a row more for every organisation above.
-- The columns of the key stand first: integrity_check of SQLite 3.40 reads others as NULL.
CREATE TABLE record_scope (
    org        INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    record     INTEGER NOT NULL,
    open       INTEGER NOT NULL, -- 1 = to be worked on, 0 = over, -1 = voided
    due_on     INTEGER NOT NULL, -- a far day when there is none
    status     TEXT    NOT NULL, -- empty when there is none, as is category
    category   TEXT    NOT NULL,
    pending    TEXT    NOT NULL, -- the move that waits for a second person, or empty
    PRIMARY KEY (org, kind, created_at, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_scope_status
    ON record_scope (org, kind, status, created_at, record, open, category);
CREATE INDEX record_scope_open
    ON record_scope (org, kind, due_on, record, status, open, category) WHERE open = 1;
CREATE INDEX record_scope_todo
    ON record_scope (org, kind, status, due_on, record, open, category) WHERE open = 1;
CREATE INDEX record_scope_pending
    ON record_scope (org, kind, pending, due_on, record, open) WHERE pending <> '';
CREATE INDEX record_scope_record ON record_scope (record, org);

-- Where an organisation stood in the office's tree, by day; the rest of it is its record.
CREATE TABLE org (
    id       INTEGER NOT NULL,
    from_day INTEGER NOT NULL,
    to_day   INTEGER, -- first day it no longer stood there; NULL = still
    parent   INTEGER, -- NULL = the root
    PRIMARY KEY (id, from_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE role_grant (
    account INTEGER NOT NULL,
    role    TEXT    NOT NULL,
    org     INTEGER NOT NULL,
    PRIMARY KEY (account, role, org)
) STRICT, WITHOUT ROWID;

-- A counted indicator of one leaf organisation in one day (grain 0) or month (grain 1).
-- period: the Day, or year * 12 + month - 1. Rows that reach n = 0 and sum = 0 are deleted.
CREATE TABLE cell (
    indicator INTEGER NOT NULL, -- Indicator.key
    org       INTEGER NOT NULL, -- 0 = 未归属, not attributed
    grain     INTEGER NOT NULL,
    period    INTEGER NOT NULL,
    n         INTEGER NOT NULL,
    sum       INTEGER NOT NULL,
    PRIMARY KEY (indicator, org, grain, period)
) STRICT, WITHOUT ROWID;

-- What distinct indicators count: the different refs. A stock has a row where it begins and one with
-- n = -1 on the day after it ends.
CREATE TABLE contribution (
    indicator INTEGER NOT NULL,
    org       INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    ref       INTEGER NOT NULL,
    record    INTEGER NOT NULL,
    n         INTEGER NOT NULL,
    PRIMARY KEY (indicator, org, day, ref, record, n)
) STRICT, WITHOUT ROWID;

-- A published briefing, frozen.
CREATE TABLE publication (
    record  INTEGER NOT NULL,
    edition INTEGER NOT NULL, -- 1, 2, …: corrections are new editions
    frozen  TEXT    NOT NULL, -- canonical JSON: texts, values, definitions, tree size, record sets
    PRIMARY KEY (record, edition)
) STRICT, WITHOUT ROWID;

CREATE TABLE counter (
    name  TEXT    NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which entries touched a record: its history.
CREATE TABLE entry_record (
    record   INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (record, sequence)
) STRICT, WITHOUT ROWID;

-- ---- kept: copied by rebuild and backup ----

CREATE TABLE entry (
    sequence    INTEGER PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    actor       TEXT    NOT NULL,
    action      TEXT    NOT NULL,
    profile     TEXT    NOT NULL,
    record      INTEGER NOT NULL, -- the record the change was about
    key         TEXT,             -- idempotency key; not part of the leaf
    form_hash   BLOB,
    mac         BLOB    NOT NULL, -- over what is beside the leaf, with the site's key
    plain       BLOB    NOT NULL,
    text        BLOB    NOT NULL,
    plain_salt  BLOB    NOT NULL,
    text_salt   BLOB    NOT NULL,
    leaf        BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX entry_key ON entry (key, actor) WHERE key IS NOT NULL;

-- An entry is never removed and never changed, but for the overwriting of its text part.
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
WHEN NEW.sequence IS NOT OLD.sequence OR NEW.recorded_at IS NOT OLD.recorded_at
  OR NEW.at IS NOT OLD.at OR NEW.actor IS NOT OLD.actor OR NEW.action IS NOT OLD.action
  OR NEW.profile IS NOT OLD.profile OR NEW.record IS NOT OLD.record OR NEW.key IS NOT OLD.key
  OR NEW.form_hash IS NOT OLD.form_hash OR NEW.mac IS NOT OLD.mac OR NEW.plain IS NOT OLD.plain
  OR NEW.plain_salt IS NOT OLD.plain_salt OR NEW.leaf IS NOT OLD.leaf
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TABLE tile (
    level  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hashes BLOB    NOT NULL,
    PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID;

-- The frontiers of both trees after the last entry; one row.
CREATE TABLE tree_state (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    size   INTEGER NOT NULL,
    sha256 BLOB    NOT NULL,
    sm3    BLOB    NOT NULL
) STRICT;

CREATE TABLE tree_head (
    size      INTEGER PRIMARY KEY,
    root      BLOB    NOT NULL,
    root_sm3  BLOB    NOT NULL,
    signed_at INTEGER NOT NULL,
    note      TEXT    NOT NULL -- the signed checkpoint
) STRICT;

CREATE TABLE record_contact (
    record  INTEGER PRIMARY KEY,
    sealed  BLOB    NOT NULL -- nonce and secretbox
) STRICT;

CREATE TABLE credential (
    account INTEGER PRIMARY KEY,
    hash    TEXT    NOT NULL -- Argon2id
) STRICT;

CREATE TABLE session (
    token_hash BLOB    NOT NULL PRIMARY KEY,
    account    INTEGER NOT NULL,
    csrf       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attachment (
    id     TEXT    NOT NULL PRIMARY KEY, -- random, also the file's name
    record INTEGER,                      -- NULL until an entry names it
    name   TEXT    NOT NULL,
    type   TEXT    NOT NULL,
    size   INTEGER NOT NULL,
    sha256 TEXT    NOT NULL,             -- of the bytes, in hex
    put_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE site_setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
