import Notices

// What is known of measures and of the data that they are made of.

extension HelpText {
  static let errataDetails = """
      Published data has faults that are known: whose statements, in which column,
      when, and who says so. Every result that looks at an affected row and column,
      or for faults of whole rows at an affected row, carries a warning and a
      footnote; results made of it carry them too. `set errata off` is for the next
      statement alone.

      errata                      all of them, those of datasets/advisories.csv first
      errata sor                  those that touch a table or view
      load errata 'mine.csv'      further ones, until the session ends; the columns are
        \(Erratum.columns.map { "\($0.name)" }.joined(separator: ", "))
        where several platforms or fields are separated by `;`, an empty one means all, and an empty date no limit
    """

  static let latencyDetails = """
      How long it takes from one time to another, in hours, or days where both are
      dates, unless a unit is said: seconds, minutes, hours, days, weeks. Gives for
      each group
        n           rows that have a start and have not ended before it
        open        those of them that have not ended: their end is NULL, and counts as later than the last time known
        median      with its 95 % interval low ... high (Brookmeyer and Crowley 1982), and the quartiles q1 and q3;
                    NULL where too much is open to say
        negative    rows that end before they start: left out, and worth a look
        unknown     rows without a start: left out
      Where something is open, all of these are Kaplan and Meier's (1958); where
      nothing is, that is the middle value, or the mean of the two middle ones
      (Hyndman and Fan 1996, type 2). `until` gives things as they stood at a time,
      a date to its end; else the latest time among the rows is taken.

      from notices |> latency from received_at to acted_at by authority
      latency in days from received_at to acted_at until '2021-06-30'
    """

  static var refusals: String {
    """
    Questions that are refused, because the source cannot answer them though
    numbers could be worked out. `force` before the operator gives the numbers all
    the same, with a footnote that says why they should not be used:
      from sor |> force share action without nulls

    """
      + RefusalRule.all.map { "\n\($0.name)\n  refused: \($0.refused)\n  answered: \($0.allowed)\n" }.joined()
      + "\nWhat is worked out in SQL is not looked at. `sources` lists what each source does not record."
  }
}
