/** The version of the tables below. */
export const VERSION = '2'

/**
 * The tables of the store. Frames, items and timers exist only while an execution runs, or can be redriven. The
 * events of a step are one row, appended: rows in the order of their execution would be written all over the file.
 * Such a row also holds how many events and frames there are; in `executions` the counts are right once it has ended.
 */
export const schema = `
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS definitions (
  id INTEGER PRIMARY KEY,
  machine TEXT NOT NULL,
  definition TEXT NOT NULL,
  created_at REAL NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS definitions_machine ON definitions (machine, id);
CREATE TABLE IF NOT EXISTS executions (
  id INTEGER PRIMARY KEY,
  machine TEXT NOT NULL,
  name TEXT NOT NULL,
  definition_id INTEGER NOT NULL,
  status TEXT NOT NULL,
  started_at REAL NOT NULL,
  stopped_at REAL,
  input TEXT NOT NULL,
  output TEXT,
  error TEXT,
  cause TEXT,
  event_count INTEGER NOT NULL,
  frame_count INTEGER NOT NULL,
  redrive_count INTEGER NOT NULL,
  redriven_at REAL,
  parent TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS executions_name ON executions (machine, name, id);
CREATE TABLE IF NOT EXISTS events (
  id INTEGER PRIMARY KEY,
  execution INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  frames INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS events_execution ON events (execution, first);
CREATE TABLE IF NOT EXISTS frames (
  execution INTEGER NOT NULL,
  frame INTEGER NOT NULL,
  calling INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (execution, frame)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS frames_calling ON frames (execution) WHERE calling = 1;
CREATE TABLE IF NOT EXISTS items (
  execution INTEGER NOT NULL,
  frame INTEGER NOT NULL,
  item INTEGER NOT NULL,
  input TEXT NOT NULL,
  output TEXT,
  PRIMARY KEY (execution, frame, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS timers (
  execution INTEGER NOT NULL,
  frame INTEGER NOT NULL,
  kind TEXT NOT NULL,
  due REAL NOT NULL,
  PRIMARY KEY (execution, frame, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS timers_due ON timers (due);
CREATE TABLE IF NOT EXISTS notices (id INTEGER PRIMARY KEY, execution INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
`

/** Statements that turn a store of an older version into one of the next. */
export const upgrades: Readonly<Record<string, { readonly to: string; readonly sql: string }>> = {
  1: {
    to: '2',
    sql: `ALTER TABLE events RENAME TO events_1;
      ${schema}
      INSERT INTO events (execution, first, last, frames, body)
        SELECT execution, first, first + json_array_length(body) - 1, 0, body FROM events_1;
      DROP TABLE events_1;`,
  },
}
