import ColumnStore

extension LoadOptions {
  /// Every name that an option may have, with what it takes; help pages and errors are made of this.
  public static let catalog: [(name: String, takes: String)] = [
    ("delimiter", "one character or tab"),
    ("quote", "one character or none"),
    ("escape", "doubled or backslash"),
    ("header", "on or off"),
    ("skip", "a number of lines"),
    ("encoding", "a name such as utf-8, utf-16le, windows-1252, macintosh"),
    ("decimal", "'.' or ','"),
    ("null", "texts that stand for no value, such as ('-', 'none')"),
    ("types", "columns with their types, such as (id text, day date, fine decimal(10,2)), or (* text)"),
    ("all", "text"),
    ("files", "patterns of file names, such as ('*.csv')"),
    ("adapter", "the name of a source (see sources), a file such as 'mine.json', or none"),
  ]

  /// The options that a statement gives.
  ///
  /// - Throws: `LoadError.unknownOption` or `.wrongOptionValue`, which say what is allowed.
  public init(parsing entries: [LoadOption]) throws {
    self.init()
    for entry in entries { try apply(entry) }
  }

  private mutating func apply(_ entry: LoadOption) throws {
    switch entry.name.lowercased() {
    case "delimiter", "delim", "sep", "separator": delimiter = try Self.character(entry, named: ["tab": 9, "\\t": 9])
    case "quote":
      let word = try Self.single(entry)
      if ["none", "off", ""].contains(word.lowercased()) {
        quote = QuoteChoice.none
      } else {
        quote = .character(try Self.character(entry, named: [:]))
      }
    case "escape":
      switch try Self.single(entry).lowercased() {
      case "doubled", "\"", "\"\"", "double": escape = .doubled
      case "backslash", "\\": escape = .backslash
      default: throw Self.wrong(entry)
      }
    case "header":
      switch try Self.single(entry).lowercased() {
      case "on", "true", "yes": header = true
      case "off", "false", "no": header = false
      default: throw Self.wrong(entry)
      }
    case "skip":
      guard let lines = Int(try Self.single(entry)), lines >= 0 else { throw Self.wrong(entry) }
      skipLines = lines
    case "encoding":
      let name = try Self.single(entry)
      guard TextEncoding.isKnown(name) else {
        throw LoadError.unknownEncoding(name: name, nearest: TextEncoding.nearestNames(to: name))
      }
      encoding = name
    case "decimal":
      let byte = try Self.character(entry, named: ["comma": 0x2C, "point": 0x2E])
      guard byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") else { throw Self.wrong(entry) }
      decimal = byte
    case "null", "nulls", "nullstr":
      guard entry.pairs.isEmpty, !entry.values.isEmpty else { throw Self.wrong(entry) }
      nulls = (nulls ?? []) + entry.values
    case "types", "type":
      guard !entry.pairs.isEmpty, entry.values.isEmpty else { throw Self.wrong(entry) }
      for pair in entry.pairs { try applyType(pair, of: entry) }
    case "all":
      guard try Self.single(entry).lowercased() == "text" else { throw Self.wrong(entry) }
      allText = true
    case "files":
      guard entry.pairs.isEmpty, !entry.values.isEmpty else { throw Self.wrong(entry) }
      files += entry.values
    case "adapter": adapter = try Self.single(entry)
    default:
      throw LoadError.unknownOption(
        name: entry.name, nearest: nearestNames(to: entry.name, among: Self.catalog.map(\.name)))
    }
  }

  private mutating func applyType(_ pair: (name: String, value: String), of entry: LoadOption) throws {
    guard let type = DataType(named: pair.value) else {
      throw LoadError.wrongOptionValue(
        option: entry.name, found: pair.value,
        expected: "\(DataType.names.dropLast().joined(separator: ", ")) or \(DataType.names.last ?? "")")
    }
    if pair.name == "*" {
      guard type == .text else {
        throw LoadError.wrongOptionValue(option: entry.name, found: "* \(pair.value)", expected: "* text")
      }
      allText = true
    } else {
      types[pair.name] = type
    }
  }

  private static func single(_ entry: LoadOption) throws -> String {
    guard entry.values.count == 1, entry.pairs.isEmpty else { throw wrong(entry) }
    return entry.values[0]
  }

  private static func character(_ entry: LoadOption, named: [String: UInt8]) throws -> UInt8 {
    let word = try single(entry)
    if let byte = named[word.lowercased()] { return byte }
    let bytes = Array(word.utf8)
    // Line ends cannot be told from records, and bytes beyond ASCII are parts of characters.
    guard bytes.count == 1, bytes[0] < 0x80, bytes[0] != 0x0A, bytes[0] != 0x0D, bytes[0] != 0 else {
      throw wrong(entry)
    }
    return bytes[0]
  }

  private static func wrong(_ entry: LoadOption) -> LoadError {
    let found = (entry.values + entry.pairs.map { "\($0.name) \($0.value)" }).joined(separator: ", ")
    let name = entry.name.lowercased()
    let expected = catalog.first { $0.name == name || name.hasPrefix($0.name) }?.takes ?? "another value"
    return LoadError.wrongOptionValue(option: entry.name, found: found, expected: expected)
  }
}
