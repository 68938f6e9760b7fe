extension GrammarCatalog {
  /// Commands that change tables.
  static let changingCommands: [GrammarEntry] = [
    GrammarEntry(
      .command, "create table",
      syntax: "create [or replace] table [if not exists] NAME (COLUMN TYPE [RULES], ...) | as QUERY;",
      summary:
        "make a table, empty or of a query; rules: primary key, unique, not null, default VALUE, check (CONDITION)",
      text: """
        Makes an empty table with columns and rules, or one of the rows of a query. Rows that break a rule are \
        refused.
        """,
      examples: [
        "create table cases (id integer primary key, country text not null);",
        "create table claims as from actions |> where accounts is not null;",
      ]),
    GrammarEntry(
      .command, "create view",
      syntax: "create [or replace] view [if not exists] NAME [(COLUMNS)] as QUERY;",
      summary: "name a query",
      text: """
        Names a query as `let NAME =` does; in the words of SQL.
        """,
      examples: [
        "create view by_twitter as from actions |> where reported_by = 'Twitter';",
        "create or replace view named (country) as select country from removal_requests;",
      ]),
    GrammarEntry(
      .command, "create index",
      syntax: "create [unique] index [if not exists] NAME on TABLE (COLUMNS);",
      summary: "read for the sake of scripts, since no index is needed; a unique one is a rule",
      text: """
        Nothing is looked up by an index here, so it costs nothing and does nothing; a unique one makes sure that no \
        two rows agree.
        """,
      examples: [
        "create unique index one_row on actions (claim_id);",
        "create index on notices (notice_id);",
      ]),
    GrammarEntry(
      .command, "create key",
      syntax: "create key 'FILE';",
      summary: "make a random key for `pseudonymise` in a new file that only you can read",
      text: """
        Makes 32 bytes by chance that only you can read. Who has the key can tell whose pseudonym is whose, so keep \
        it to yourself; with another key the same account gets another pseudonym.
        """,
      examples: [
        "create key 'mine.key';",
        "create key 'other.key';",
      ]),
    GrammarEntry(
      .command, "insert",
      syntax: "insert [or replace|or ignore] into TABLE [(COLUMNS)] values (...), ... | QUERY | default values;",
      summary: "put rows into a table",
      text: """
        Puts rows into a table, written out or made by a query. `or replace` puts a row in the place of one with the \
        same key, `or ignore` keeps the old one.
        """,
      examples: [
        "insert into notices (notice_id, kind) values ('notice-4', 'order');",
        "insert into notices (notice_id) select distinct notice_id || '-copy' from actions where notice_id is not null;",
      ]),
    GrammarEntry(
      .command, "update",
      syntax: "update TABLE set COLUMN = VALUE, ... [from TABLES] [where CONDITION];",
      summary: "change rows of a table",
      text: """
        Changes values in the rows for which the condition holds, in all rows without one. Begin a transaction \
        first, or `undo`, where you are not sure.
        """,
      examples: [
        "update actions set reported_by = 'the press' where reported_by = 'press';",
        "update notices set authority = 'MeitY' where notice_id = 'order-1';",
      ]),
    GrammarEntry(
      .command, "delete",
      syntax: "delete from TABLE [using TABLES] [where CONDITION];",
      summary: "take rows out of a table",
      text: """
        Takes the rows for which the condition holds out of a table, all rows without one.
        """,
      examples: [
        "delete from actions where accounts is null;",
        "delete from notices where kind <> 'order';",
      ]),
    GrammarEntry(
      .command, "truncate",
      syntax: "truncate TABLE[, ...]",
      summary: "take all rows out of tables",
      text: """
        Takes all rows out of tables and keeps their columns and rules.
        """,
      examples: [
        "truncate blocked_per_year",
        "truncate actions, notices",
      ]),
    GrammarEntry(
      .command, "begin",
      syntax: "begin",
      summary: "from here on changes of tables can be taken back",
      text: """
        From here on `rollback` brings all tables and views back as they are now, and `commit` ends that.
        """,
      examples: [
        "begin; delete from notices; rollback",
        "begin; update notices set law = '69A'; commit",
      ]),
    GrammarEntry(
      .command, "commit",
      syntax: "commit",
      summary: "keep the changes since `begin`",
      text: """
        Ends what `begin` began, and keeps the changes.
        """,
      examples: [
        "begin; truncate notices; commit",
        "begin; commit",
      ]),
    GrammarEntry(
      .command, "rollback",
      syntax: "rollback",
      summary: "take back the changes since `begin`",
      text: """
        Ends what `begin` began, and takes the changes back.
        """,
      examples: [
        "begin; truncate notices; rollback",
        "begin; drop actions; rollback",
      ]),
  ]
}
