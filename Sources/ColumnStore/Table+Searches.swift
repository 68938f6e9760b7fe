/// Texts that are searched again and again.
///
/// A search in a dictionary looks at each different text once, and then at 4 bytes a row. Making one takes the time of about
/// five searches through all rows, and nobody can tell how many are still to come. So it is made once a search has been
/// repeated: whoever stops then has waited about three times as long as somebody who knew, and whoever goes on, which
/// people who look around in texts do, has every further answer some ten times sooner (ski rental: A. Karlin, M. Manasse,
/// L. Rudolph, D. Sleator, "Competitive snoopy caching", Algorithmica 3, 1988). The dictionary takes 4 bytes a row and 16
/// bytes an entry, and changes how long a search takes, never what it finds.
extension Table {
  /// How many searches through all of a column are waited for.
  static let searchesBeforeDictionary = 1

  /// Notes that the texts of some rows of a column have been searched.
  public func noteSearch(_ column: Int, rows: Int) { cache.noteSearch(column, rows: rows) }

  /// A text column in the form in which it is best searched: with a dictionary, if there is one of few enough entries,
  /// or if there were searches enough to make one and it promises to have few.
  public func searchable(_ column: Int) -> Column {
    let plain = columns[column]
    if let known = dictionaryEncoded(column, isNeeded: false) { return hasFewEntries(known) ? known : plain }
    guard rowCount > Segment.rowCount,
      cache.searchedRows(column) / Table.searchesBeforeDictionary >= rowCount,
      cache.distinctTexts(column, compute: { DistinctEstimate.ofTexts(plain) }) <= rowCount / 4,
      let made = dictionaryEncoded(column, isNeeded: true)
    else { return plain }
    return hasFewEntries(made) ? made : plain
  }

  private func hasFewEntries(_ column: Column) -> Bool { (column.dictionary?.count ?? .max) <= rowCount / 4 }
}
