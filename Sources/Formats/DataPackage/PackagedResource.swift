import ColumnStore

/// One resource of a data package: files that make one table.
struct PackagedResource {
  /// A column as the schema declares it.
  struct Field {
    var name: String
    /// Nil where the values shall tell.
    var type: DataType?
    var note: String
  }

  let name: String
  let note: String
  let paths: [String]
  let fields: [Field]
  let options: LoadOptions
  private let descriptor: String
  private let place: String

  /// A resource of the descriptor; nil for one that holds no separated values.
  init?(_ json: JSONValue, place: String, file: String, folder: String) throws {
    descriptor = file
    self.place = place
    guard case .object = json else {
      throw LoadError.wrongPackage(path: file, place: place, found: json.kindName, expected: "an object")
    }
    let relative = try PackagedResource.paths(json["path"], place: place, file: file)
    let isDelimited = relative.allSatisfy { FileFormat(path: $0) != nil }
    if !isDelimited {
      if json["schema"] == nil { return nil }
      throw LoadError.wrongPackage(
        path: file, place: place + ".path", found: relative.joined(separator: ", "),
        expected: "files that end in " + FileFormat.knownExtensions.joined(separator: ", "))
    }
    paths = relative.map { folder + $0 }
    name = json["name"]?.string ?? PackagedResource.stem(relative.first ?? "table")
    note = json["description"]?.string ?? json["title"]?.string ?? ""
    let schema = try PackagedResource.schema(json["schema"], place: place, file: file, folder: folder)
    fields = try PackagedResource.fields(schema, place: place, file: file)
    options = try PackagedResource.options(json, schema: schema, fields: fields, place: place, file: file)
  }

  /// Reads the table.
  func load(control: LoadControl) throws -> PackagedTable {
    var options = options
    let source: DelimitedSource
    do {
      for field in fields { if let type = field.type { options.types[field.name] = type } }
      source = try DelimitedSource.open(paths: paths, options: options, control: control)
    } catch LoadError.unknownColumn(let column, _, _) {
      throw LoadError.wrongPackage(
        path: descriptor, place: place + ".schema", found: "the field '\(column)', which the files have not",
        expected: "the names of their columns")
    }
    var loaded = try source.load(control: control)
    let notes = Dictionary(fields.map { ($0.name.lowercased(), $0.note) }, uniquingKeysWith: { first, _ in first })
    let descriptions = loaded.table.descriptions.map { column in
      ColumnDescription(name: column.name, type: column.type, note: notes[column.name.lowercased()] ?? "")
    }
    loaded.table = Table(
      descriptions: descriptions, columns: loaded.table.columns, rowCount: loaded.table.rowCount,
      origin: loaded.table.origin, note: note)
    return PackagedTable(name: name, loaded: loaded, description: note)
  }

  // MARK: Reading the descriptor

  private static func paths(_ json: JSONValue?, place: String, file: String) throws -> [String] {
    let place = place + ".path"
    let found: [JSONValue]
    switch json {
    case .string?: found = json.map { [$0] } ?? []
    case .array(let items)? where !items.isEmpty: found = items
    default:
      throw LoadError.wrongPackage(
        path: file, place: place, found: json?.kindName ?? "nothing", expected: "a path or a list of paths")
    }
    return try found.map { item in
      guard let path = item.string else {
        throw LoadError.wrongPackage(path: file, place: place, found: item.kindName, expected: "a path")
      }
      try check(path, place: place, file: file)
      return path
    }
  }

  /// A path must stay inside the package's folder, as the standard demands.
  private static func check(_ path: String, place: String, file: String) throws {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    if path.isEmpty || path.hasPrefix("/") || path.hasPrefix("~") || path.contains("://") || path.utf8.contains(0)
      || parts.contains("..")
    {
      throw LoadError.wrongPackage(
        path: file, place: place, found: "'\(path)'", expected: "a path inside the package's folder")
    }
  }

  private static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.prefix { $0 != "." })
  }

  private static func schema(_ json: JSONValue?, place: String, file: String, folder: String) throws -> JSONValue? {
    guard let path = json?.string else { return json }
    try check(path, place: place + ".schema", file: file)
    return try DataPackage.document(folder + path)
  }

  private static func fields(_ schema: JSONValue?, place: String, file: String) throws -> [Field] {
    guard let schema else { return [] }
    let place = place + ".schema.fields"
    guard let list = schema["fields"]?.array else {
      throw LoadError.wrongPackage(
        path: file, place: place, found: schema["fields"]?.kindName ?? "nothing", expected: "a list of fields")
    }
    return try list.enumerated().map { number, json in
      guard let name = json["name"]?.string else {
        throw LoadError.wrongPackage(
          path: file, place: "\(place)[\(number)].name", found: json["name"]?.kindName ?? "nothing", expected: "a name")
      }
      let note = json["description"]?.string ?? json["title"]?.string ?? ""
      let own = try columnType(json["columnType"], place: "\(place)[\(number)].columnType", file: file)
      let type = try type(json["type"], place: "\(place)[\(number)].type", file: file)
      return Field(name: name.trimmed, type: own ?? type, note: note)
    }
  }

  private static func type(_ json: JSONValue?, place: String, file: String) throws -> DataType? {
    guard let json else { return nil }
    switch json.string {
    case "integer", "year": return .integer
    case "number": return .double
    case "boolean": return .boolean
    case "date": return .date
    case "datetime": return .timestamp
    case "string", "time", "yearmonth", "duration", "geopoint", "geojson", "object", "array", "list": return .text
    case "any": return nil
    default:
      throw LoadError.wrongPackage(
        path: file, place: place, found: json.kindName,
        expected: "string, integer, number, boolean, date, datetime, year or any")
    }
  }

  /// A type of ours that the standard has no name for, in a member of our own, so that other programs read a string.
  private static func columnType(_ json: JSONValue?, place: String, file: String) throws -> DataType? {
    guard let json else { return nil }
    if let type = json.string.flatMap({ DataType(named: $0) }) { return type }
    throw LoadError.wrongPackage(
      path: file, place: place, found: json.kindName, expected: DataType.names.joined(separator: ", "))
  }

  private static func options(
    _ json: JSONValue, schema: JSONValue?, fields: [Field], place: String, file: String
  ) throws -> LoadOptions {
    var options = LoadOptions()
    let missing = schema?["missingValues"] ?? json["missingValues"]
    // Version 2 may give a missing value as an object with a label.
    options.nulls = missing?.array?.compactMap { $0.string ?? $0["value"]?.string }.filter { !$0.isEmpty } ?? []
    options.header = json["dialect"]?["header"]?.boolean ?? true
    if options.header == false { options.names = fields.map(\.name) }
    if let encoding = json["encoding"]?.string {
      guard TextEncoding.isKnown(encoding) else {
        throw LoadError.unknownEncoding(name: encoding, nearest: TextEncoding.nearestNames(to: encoding))
      }
      options.encoding = encoding
    }
    let dialect = json["dialect"]
    options.delimiter = try byte(dialect?["delimiter"], place: place + ".dialect.delimiter", file: file)
    if let quote = try byte(dialect?["quoteChar"], place: place + ".dialect.quoteChar", file: file) {
      options.quote = .character(quote)
    }
    if dialect?["escapeChar"]?.string == "\\" { options.escape = .backslash }
    if dialect?["doubleQuote"]?.boolean == true { options.escape = .doubled }
    let decimals = schema?["fields"]?.array?.compactMap { $0["decimalChar"]?.string } ?? []
    if decimals.contains(",") { options.decimal = UInt8(ascii: ",") }
    return options
  }

  private static func byte(_ json: JSONValue?, place: String, file: String) throws -> UInt8? {
    guard let json else { return nil }
    guard let text = json.string, text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80, byte != 0x0A,
      byte != 0x0D
    else {
      throw LoadError.wrongPackage(path: file, place: place, found: json.kindName, expected: "one character")
    }
    return byte
  }
}
