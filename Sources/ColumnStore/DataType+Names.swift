extension DataType {
  /// One name of every type, for lists of what can be written.
  public static let names = [
    "boolean", "integer", "double", "decimal(10,2)", "text", "date", "time", "timestamp", "interval", "count",
    "text[]",
  ]

  /// How deep lists may lie in lists.
  public static let listDepthLimit = 16

  /// What a decimal is without numbers in brackets, as in DuckDB.
  private static let plainDecimal = DataType.decimal(precision: 18, scale: 3)

  /// The type that a name means, among them SQL's usual synonyms, with its numbers in brackets and as a list:
  /// `decimal(10, 2)`, `integer[]`, `list(text)`; nil where it means none of ours.
  public init?(named name: String) {
    var rest = name[...]
    var depth = 0
    while let inner = DataType.inside(rest) {
      rest = inner
      depth += 1
    }
    let words = rest.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false)
    guard let word = words.first else { return nil }
    guard words.count == 2 else {
      self.init(name: DataType.trimmed(word), parameters: [], listDepth: depth)
      return
    }
    let numbers = words[1].split(separator: ")", maxSplits: 1, omittingEmptySubsequences: false)
    guard numbers.count == 2 else { return nil }
    let parameters = numbers[0].split(separator: ",").map { Int64(DataType.trimmed($0)) }
    guard !parameters.isEmpty, parameters.allSatisfy({ $0 != nil }) else { return nil }
    let tail = DataType.trimmed(numbers[1])
    let full = DataType.trimmed(word) + (tail.isEmpty ? "" : " " + tail)
    self.init(name: full, parameters: parameters.compactMap { $0 }, listDepth: depth)
  }

  /// The type of a name in words, the numbers in brackets behind it, and how many lists it lies in. Numbers that say how
  /// long a text may be, or how exact a time, are let pass.
  public init?(name: String, parameters: [Int64], listDepth: Int) {
    guard listDepth <= DataType.listDepthLimit else { return nil }
    var type: DataType
    switch name.lowercased() {
    case "boolean", "bool", "logical": type = .boolean
    case "integer", "int", "bigint", "smallint", "tinyint", "int8", "int4", "int2", "int64", "int32", "long", "hugeint":
      type = .integer
    case "double", "float", "real", "number", "float8", "float4", "float64", "double precision": type = .double
    case "decimal", "numeric", "dec":
      guard parameters.count <= 2 else { return nil }
      guard let precision = parameters.first else {
        type = DataType.plainDecimal
        break
      }
      let scale = parameters.count > 1 ? parameters[1] : 0
      guard (1...38).contains(precision), (0...precision).contains(scale) else { return nil }
      type = .decimal(precision: Int(precision), scale: Int(scale))
    case "text", "varchar", "string", "char", "character", "character varying": type = .text
    case "date": type = .date
    case "time", "time without time zone": type = .time
    case "timestamp", "datetime", "timestamptz", "timestamp with time zone", "timestamp without time zone":
      type = .timestamp
    case "interval": type = .interval
    case "count": type = .count
    case "list": type = .textList
    default: return nil
    }
    for _ in 0..<listDepth { type = .list(type) }
    self = type
  }

  /// What stands before `[]` or inside `list(...)`; nil for the name of another type.
  private static func inside(_ name: Substring) -> Substring? {
    let name = trimmed(name)[...]
    if name.hasSuffix("[]") { return name.dropLast(2) }
    guard let bracket = name.firstIndex(of: "("), name.last == ")" else { return nil }
    guard ["list", "array"].contains(trimmed(name[..<bracket]).lowercased()) else { return nil }
    return name[name.index(after: bracket)...].dropLast()
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
