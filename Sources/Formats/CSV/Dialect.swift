/// How a file of separated values is written.
public struct Dialect: Sendable, Equatable {
  /// How lines end.
  public enum LineEnd: String, Sendable {
    /// A line feed; a carriage return before it belongs to the line end.
    case lineFeed = "LF"
    /// Lines end in carriage return and line feed; read like `lineFeed`.
    case carriageReturnLineFeed = "CRLF"
    /// A carriage return alone, as on the Macintosh before 2001.
    case carriageReturn = "CR"
    /// Several kinds in one file; each of them ends a line.
    case mixed = "mixed"
  }

  /// How a quote inside a quoted field is written.
  public enum Escape: String, Sendable {
    /// Twice: `""`.
    case doubled
    /// After a backslash: `\"`; a backslash itself is `\\`.
    case backslash
  }

  /// The byte between fields; nil for a file of one column.
  public var delimiter: UInt8?
  /// The byte around fields; nil where no byte has that meaning.
  public var quote: UInt8?
  /// How a quote inside quotes is written.
  public var escape: Escape
  /// How lines end.
  public var lineEnd: LineEnd
  /// Whether the first record names the columns.
  public var hasHeader: Bool
  /// Whether every field is quoted, so that `""` says "no value".
  public var quotesEverything: Bool

  /// A dialect; the usual one where nothing else is said.
  public init(
    delimiter: UInt8? = UInt8(ascii: ","), quote: UInt8? = UInt8(ascii: "\""), escape: Escape = .doubled,
    lineEnd: LineEnd = .lineFeed, hasHeader: Bool = true, quotesEverything: Bool = false
  ) {
    self.delimiter = delimiter
    self.quote = quote
    self.escape = escape
    self.lineEnd = lineEnd
    self.hasHeader = hasHeader
    self.quotesEverything = quotesEverything
  }
}

extension Dialect: CustomStringConvertible {
  /// `comma, quote ", LF, header`.
  public var description: String {
    var parts: [String] = []
    switch delimiter {
    case nil: parts.append("one column")
    case UInt8(ascii: ",")?: parts.append("comma")
    case UInt8(ascii: ";")?: parts.append("semicolon")
    case UInt8(ascii: "|")?: parts.append("bar")
    case 9?: parts.append("tab")
    case let byte?: parts.append("delimiter \(Character(Unicode.Scalar(byte)))")
    }
    if let quote {
      parts.append("quote \(Character(Unicode.Scalar(quote)))" + (escape == .backslash ? " escaped by \\" : ""))
    } else {
      parts.append("no quotes")
    }
    parts.append(lineEnd == .mixed ? "mixed line ends" : lineEnd.rawValue)
    parts.append(hasHeader ? "header" : "no header")
    return parts.joined(separator: ", ")
  }
}
