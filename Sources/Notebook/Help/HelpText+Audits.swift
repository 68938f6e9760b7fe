import Notices

extension HelpText {
  /// What `help` says more of the operators that look for what is wrong, and of pseudonyms.
  static let auditDetails = [
    "check": """
      Counts the rows for which the condition is false, and shows the first three
      with the file and line that they were read from. NULL is neither right nor
      wrong: such rows are counted apart. The rows are handed on as they are and
      the script goes on; at its end the checks that failed are listed and the exit
      status is 3. `assert` asks about all rows at once, and stops.

      use removals
      check 'withheld at most specified' that withheld <= specified
      from removals
        |> check 'a country is a code' that country ~ '^[A-Z]{2}$'
        |> check 'an answer comes after its request' that acted_at >= received_at
        |> save 'checked.csv'
        checks that follow each other are counted in one pass
    """,
    "audit": """
      Gives one row for each finding, the worst first: the table, the check, how
      severe it is, the column, how many rows have it (or values) of how many that
      were looked at, an example, and the file and line of the first. No row means
      that nothing was found. Columns are known by the words of their names:
      received_at, acted_at, accounts_requested, accounts_withheld, notice_id.

    \(AuditMeasure.summaries.map { "    \($0.severity): \($0.name)\n      \($0.summary)" }.joined(separator: "\n"))

      audit                                      the table in use, or all tables
      audit removals |> where severity = 'error'
      from actions |> join notices using (notice_id) |> audit
        what stands in two tables is compared where they are joined
      let today = date '2026-11-25'
        makes what is said to have happened after it an impossible date
    """,
    "reconcile": """
      Holds the rows of one table against those of another. Each key is in one
      finding: in both, only in one, without a key; those that stand in a table
      more than once are counted again at the end. With `reported`, a number in the
      other table is held against the number of rows here, or against `observed`,
      key by key; `difference` is observed less reported, over the keys of which
      both are known. `by` takes a column of the other table or of this one; where
      the rows of a key do not agree in it, it is NULL.

      reconcile actions with notices on notice_id
      reconcile actions with notices on notice_id = id by country reported accounts_actioned
      from actions |> where action = 'withheld'
        |> reconcile with notices on notice_id reported withheld observed count(distinct account_id)
    """,
    "diff": """
      Compares two loads of a source row by row, by the columns that say which row
      is which: rows added, removed, changed and unchanged, and for each column in
      how many rows it has changed. Rows whose key stands in a load more than once
      or is NULL cannot be compared and are counted apart. With `share`, which
      share of all rows each value had and has, and by how much that moved (2.5% is
      2.5 percentage points).

      diff removals_may removals_june by id
      diff removals_may removals_june by country, period share action
      from removals_june |> where country = 'IN' |> diff with removals_may by id |> where change = 'column changed'
    """,
    "pseudonymise": """
      Puts a pseudonym in place of each value: the same for the same value and key,
      so that rows about one account can still be counted and joined, and nobody
      without the key can find out whom they are about. It is the first 96 bits of
      HMAC-SHA-256 (RFC 2104) in hexadecimal: of ten million values, two have the
      same one with a chance of 6e-16. NULL stays NULL.

      The key is read from a file that only you can read, or, where none is named,
      from that of the environment variable \(PseudonymKey.fileVariable). It stands
      in no script, history or plan. Whoever has it can find out which account is
      which, by trying: keep it to yourself, or destroy it when all is published.
      Another key gives other pseudonyms.

      create key 'my.key';
      from actions |> pseudonymise account_id, reporter with key 'my.key' |> save 'published.csv'
    """,
  ]
}
