import ColumnStore

/// A known fault of published data: which source, of whom, in what, when, and who says so.
public struct Erratum: Hashable, Sendable {
  /// By what it is spoken of.
  public var id: String
  /// The source, by the name of its adapter.
  public var source: String
  /// Whose rows are affected; empty for those of all platforms.
  public var platforms: [String] = []
  /// The columns that are affected, by the names that the source's adapter gives them; empty where the rows themselves are,
  /// so that every count is.
  public var fields: [String] = []
  /// The first day that is affected, as days since 1970; nil for all before the last.
  public var first: Int32?
  /// The last day that is affected; nil for all after the first.
  public var last: Int32?
  /// What is wrong.
  public var fault: String
  /// When it was announced.
  public var announced: Int32?
  /// Where it was announced.
  public var place = ""

  /// The footnote to a result that it touches.
  public var note: TableNote {
    let what = fields.isEmpty ? "rows" : fields.joined(separator: ", ")
    let whose = platforms.isEmpty ? source : "\(platforms.joined(separator: ", ")) in \(source)"
    let sources = [announced.map { "announced \(Value.date($0))" }, place.isEmpty ? nil : place].compactMap(\.self)
    return TableNote(
      "known fault of \(what) of \(whose)\(period.isEmpty ? "" : ", \(period)")",
      detail: "\(fault) (\(([id] + sources).joined(separator: ", ")))", isWarning: true)
  }

  /// The days in words; empty for all.
  private var period: String {
    switch (first, last) {
    case (nil, nil): ""
    case (let first?, nil): "since \(Value.date(first))"
    case (nil, let last?): "up to \(Value.date(last))"
    case (let first?, let last?): "\(Value.date(first)) to \(Value.date(last))"
    }
  }

  /// The values in the order of `columns`.
  public var row: [Value] {
    func text(_ text: String) -> Value { text.isEmpty ? .null : .text(text) }
    return [
      .text(id), .text(source), text(platforms.joined(separator: "; ")), text(fields.joined(separator: "; ")),
      first.map { .date($0) } ?? .null, last.map { .date($0) } ?? .null, .text(fault),
      announced.map { .date($0) } ?? .null, text(place),
    ]
  }

  /// The columns of a file of errata.
  public static let columns: [(name: String, type: DataType)] = [
    ("id", .text), ("source", .text), ("platform", .text), ("field", .text), ("from", .date), ("to", .date),
    ("what", .text), ("announced", .date), ("where", .text),
  ]
}
