/// How a format that writes row after row wraps rows and cells, and how it writes values.
struct RowSyntax: Sendable {
  /// How texts are written.
  enum TextForm: Sendable {
    /// Quoted where needed, as RFC 4180 says; the byte is the delimiter.
    case delimited(UInt8)
    /// A JSON string.
    case json
  }

  /// Before the first cell of a row.
  var rowStart: [UInt8] = []
  /// After the last cell of a row.
  var rowEnd: [UInt8] = [UInt8(ascii: "\n")]
  /// Before each cell, one per column.
  var cellStarts: [[UInt8]]
  /// What stands for a missing value.
  var null: [UInt8]
  /// How texts are written.
  var textForm: TextForm

  /// Whether dates and timestamps stand in quotes, and doubles that are no numbers are missing values.
  var isJSON: Bool {
    if case .json = textForm { true } else { false }
  }
}
