extension HelpText {
  /// What `set suppress_below` does, and what it does not.
  static let suppression = """
    set suppress_below 5
      From here on nothing is shown, saved, piped, stored by `let :=` or kept as
      `_` that is made of fewer than 5 records, nor anything from which, with all
      that this session has told before, it could be worked out that a hidden
      number is below 5. Cells hidden for the one or the other look alike: `hidden`
      for readers, NULL in files and computations. set suppress_below off

      load actions.csv
      set suppress_below 5
      from actions |> share action by country
      from actions |> aggregate count(*) as n, median(reach) as reach group by category
      explain from actions |> share action by country
        shows where cells are hidden

    What is refused: single records (`from actions |> limit 3`, describe, sample), values of single records (first,
    string_agg, max of a text), joins after which a record is several times in a
    group, changes of tables, snapshots, and tables of which nothing would be left.
    A computation that reads a hidden cell is hidden itself; `distinct` gives the
    values that enough records have. The names of hidden groups are shown: do not
    group by what names people.

    How: each group is a sum of records that no table so far tells apart. A small
    number is safe as long as there is another way to deal the records, right for
    everything that was told, that makes it 5 or more; if there is none, the
    smallest other group in the same sum is hidden too. How many records a table
    has is known to everybody, and so is what `share` and `top` tell of totals.
    Whole numbers are searched for by GLPK and checked.

    Tables that hold counts already, one row for many people: sums below 5 are
    small, whatever they are made of, and only sums are shown. A table with a
    column of type count is one; others are named:
      set suppress_counts_in removal_requests
      set suppress_counts_in 'removal_requests, withheld'
    `share ... of ...` sums counts in any table.

    What it does not do: the log knows the records by the files that they were
    loaded from, and holds what was told while the setting was on, in this session.
    It does not know of what was shown before, in another session, or of other
    files about the same people. Sums and means are kept from being worked out
    exactly, not from being guessed closely; a minimum or maximum of enough records
    is shown.
    """
}
