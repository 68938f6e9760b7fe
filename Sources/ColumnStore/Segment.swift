/// How tables are cut for work: statistics are kept per segment, and a worker takes one segment at a time.
public enum Segment {
  /// Rows in a segment; only a table's last one may be shorter.
  public static let rowCount = 65_536

  /// How many segments hold `rows` rows.
  public static func count(rows: Int) -> Int { (rows + rowCount - 1) / rowCount }

  /// The rows of a segment in a table of `rows` rows.
  public static func range(_ index: Int, rows: Int) -> Range<Int> {
    let first = min(index * rowCount, rows)
    return first..<min(first + rowCount, rows)
  }
}
