import ColumnStore

/// What the reader of a file need not find out by itself. Everything left nil is found out.
public struct LoadOptions: Sendable, Equatable {
  /// The byte between fields.
  public var delimiter: UInt8?
  /// The byte around fields that hold delimiters or line ends.
  public var quote: QuoteChoice?
  /// How a quote inside a quoted field is written.
  public var escape: Dialect.Escape?
  /// Whether the first record names the columns.
  public var header: Bool?
  /// Lines to pass over before the header.
  public var skipLines: Int = 0
  /// The name of the encoding as iconv knows it: `utf-8`, `windows-1252`, `macintosh`, `utf-16le` ...
  public var encoding: String?
  /// The byte between the whole part and the decimals: `.` or `,`.
  public var decimal: UInt8?
  /// The texts that stand for NULL, in place of the usual ones. An empty field without quotes is always NULL.
  public var nulls: [String]?
  /// Types by column name; the case of names does not count.
  public var types: [String: DataType] = [:]
  /// Keeps every column as text.
  public var allText = false
  /// Which files of a folder or members of an archive to read: patterns such as `removal-*.csv`. Empty: all.
  public var files: [String] = []
  /// The source adapter that reads the table: its name or file; `none` for none; nil to recognise it by the columns. Whoever
  /// loads applies it, see `DelimitedSource.adapted`.
  public var adapter: String?

  /// Names for the columns of files without a header, as a data package gives them.
  var names: [String] = []

  /// A quote character, or none at all.
  public enum QuoteChoice: Sendable, Equatable {
    /// No character has the meaning of a quote.
    case none
    /// This one has.
    case character(UInt8)
  }

  /// Nothing prescribed.
  public init() {}
}

/// One option as it was written: `delimiter ';'`, `null ('-', 'x')`, `types (id text, day date)`.
public struct LoadOption: Sendable {
  /// The option's name.
  public var name: String
  /// Plain values.
  public var values: [String]
  /// Values with names.
  public var pairs: [(name: String, value: String)]

  /// An option.
  public init(name: String, values: [String] = [], pairs: [(name: String, value: String)] = []) {
    self.name = name
    self.values = values
    self.pairs = pairs
  }
}
