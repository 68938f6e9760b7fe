extension HelpText {
  /// What is to be said of commands that show results, by name.
  static let resultDetails: [String: String] = [
    "describe": """
      histogram: eight bars between the least and the largest value, at most one
      and a half times the distance of the quartiles outside of them; what lies
      outside is counted in the outermost bars. Files get the eight counts.
      frequent: the three most frequent texts, with their part of the values.
      Of more than a million rows, different values that would take long to count
      are estimated (HyperLogLog, standard error 1.6 %) and written `1990000~`;
      frequent texts are then those of one per cent or more.
    """
  ]

  /// How results look on a terminal.
  static let boxDetails = """
    On a terminal a result is a box as wide as the window. Where it does not fit,
    remarks and long texts are cut first, those whose ends tell them apart (paths,
    addresses) in the middle; then columns are left out, those that matter least
    first. Few rows of many columns are shown as records, one line a value. The
    foot says what is not there; `_` shows all, and `set pager` says in what.

    Shares have a bar beside them, its scale at its ends, with their interval:
      █████├───┼──┤    what is full is below the interval
    `set bars off` leaves the bars out. Files and pipes get the numbers alone.

    `format NAME` chooses a format for all results, `|> format NAME` for one:
      from removals |> limit 3 |> format line
    """
}
