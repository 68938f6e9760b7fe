import CADBC
import ColumnStore
import Language

/// A column of an Arrow stream: its name, the type that it has here, and how its values lie.
///
/// The layouts are those of the Arrow columnar format 1.4, their names those of the C data interface.
struct ArrowField {
  /// How the values of an array lie in memory.
  enum Layout {
    case null, boolean
    case signed(Int)
    case unsigned(Int)
    case float, double
    /// Bytes with offsets of so many bytes; binary ones are shown as hexadecimal digits.
    case bytes(offsetWidth: Int, isText: Bool)
    case view(isText: Bool)
    case decimal(byteCount: Int, precision: Int)
    case days, milliseconds
    /// An instant, a time of day or a length of time, in units of so many nanoseconds.
    case time(Int), clock(Int, width: Int), duration(Int)
    case months, daysAndMilliseconds, monthsDaysAndNanoseconds
    case list(offsetWidth: Int)
    case structure, map
  }

  let name: String
  let type: DataType
  let layout: Layout
  let children: [ArrowField]
  /// The values that codes stand for; empty for an array without a dictionary.
  let dictionary: [ArrowField]

  static let millisecondsPerDay = microsecondsPerDay / 1000

  /// More rows or bytes than these cannot be in memory.
  static let lengthLimit = 1 << 48

  /// Reads a schema. Throws a `Diagnostic` for a type that has no place here.
  init(_ schema: ArrowSchema, depth: Int = 0) throws {
    name = schema.name.map { String(cString: $0) } ?? ""
    let format = schema.format.map { String(cString: $0) } ?? ""
    children = try ArrowField.children(of: schema, depth: depth)
    dictionary = try schema.dictionary.map { [try ArrowField($0.pointee, depth: depth + 1)] } ?? []
    guard let (layout, own) = ArrowField.layout(format, children) else {
      throw Diagnostic(
        "the column `\(name)` is of the Arrow type '\(format)', which has no place here", at: nil,
        help: "convert it in a view on the server")
    }
    if !dictionary.isEmpty {
      switch layout {
      case .signed, .unsigned: break
      default: throw Diagnostic("the column `\(name)` has codes of the Arrow type '\(format)'", at: nil)
      }
    }
    self.layout = layout
    type = dictionary.first?.type ?? own
  }

  /// The fields inside of a schema.
  static func children(of schema: ArrowSchema, depth: Int) throws -> [ArrowField] {
    guard depth < 64 else { throw Diagnostic("the driver gave a schema that is nested too deep", at: nil) }
    return try (0..<Int(max(0, schema.n_children))).map { index in
      guard let child = schema.children?[index] else { throw Diagnostic("the driver gave a broken schema", at: nil) }
      return try ArrowField(child.pointee, depth: depth + 1)
    }
  }

  private static func layout(_ format: String, _ children: [ArrowField]) -> (Layout, DataType)? {
    if let simple = simpleLayouts[format] { return simple }
    switch format {
    case "+l", "+L":
      guard children.count == 1 else { return nil }
      return (.list(offsetWidth: format == "+l" ? 4 : 8), .list(children[0].type))
    case "+s": return (.structure, .text)
    case "+m":
      guard children.count == 1, children[0].children.count == 2 else { return nil }
      return (.map, .text)
    default: break
    }
    if format.hasPrefix("ts"), let unit = format.dropFirst(2).first.flatMap({ units[$0] }) {
      return (.time(unit), .timestamp)
    }
    if format.hasPrefix("tD"), let unit = format.dropFirst(2).first.flatMap({ units[$0] }) {
      return (.duration(unit), .interval)
    }
    if format.hasPrefix("d:") {
      let parts = format.dropFirst(2).split(separator: ",").compactMap { Int($0) }
      guard parts.count >= 2, (1...38).contains(parts[0]), (0...parts[0]).contains(parts[1]) else { return nil }
      let bits = parts.count > 2 ? parts[2] : 128
      guard [32, 64, 128].contains(bits) else { return nil }
      return (.decimal(byteCount: bits / 8, precision: parts[0]), .decimal(precision: parts[0], scale: parts[1]))
    }
    return nil
  }

  /// Units of time by their letters, in nanoseconds.
  private static let units: [Character: Int] = ["s": 1_000_000_000, "m": 1_000_000, "u": 1000, "n": 1]

  private static let simpleLayouts: [String: (Layout, DataType)] = [
    "n": (.null, .text), "b": (.boolean, .boolean),
    "c": (.signed(1), .integer), "s": (.signed(2), .integer), "i": (.signed(4), .integer), "l": (.signed(8), .integer),
    "C": (.unsigned(1), .integer), "S": (.unsigned(2), .integer), "I": (.unsigned(4), .integer),
    "L": (.unsigned(8), .integer),
    "f": (.float, .double), "g": (.double, .double),
    "u": (.bytes(offsetWidth: 4, isText: true), .text), "U": (.bytes(offsetWidth: 8, isText: true), .text),
    "z": (.bytes(offsetWidth: 4, isText: false), .text), "Z": (.bytes(offsetWidth: 8, isText: false), .text),
    "vu": (.view(isText: true), .text), "vz": (.view(isText: false), .text),
    "tdD": (.days, .date), "tdm": (.milliseconds, .date),
    "tts": (.clock(1_000_000_000, width: 4), .time), "ttm": (.clock(1_000_000, width: 4), .time),
    "ttu": (.clock(1000, width: 8), .time), "ttn": (.clock(1, width: 8), .time),
    "tiM": (.months, .interval), "tiD": (.daysAndMilliseconds, .interval),
    "tin": (.monthsDaysAndNanoseconds, .interval),
  ]
}

/// What is read of arrays, whose shape has been checked.
extension ArrowField {
  func buffer(_ array: ArrowArray, _ index: Int) -> UnsafeRawPointer? {
    index < Int(array.n_buffers) ? array.buffers?[index] : nil
  }

  /// The bits that say where values are; nil where none is missing.
  func validityBits(_ array: ArrowArray) -> UnsafeRawPointer? { array.null_count == 0 ? nil : buffer(array, 0) }

  /// Where the bytes or items of a place begin; those of the place before end there.
  func offset(_ array: ArrowArray, _ place: Int, _ width: Int) -> Int {
    guard let offsets = buffer(array, 1) else { return 0 }
    return width == 4
      ? Int(offsets.loadUnaligned(fromByteOffset: place * 4, as: Int32.self))
      : Int(offsets.loadUnaligned(fromByteOffset: place * 8, as: Int64.self))
  }

  /// A number of units of so many nanoseconds in microseconds, what is finer rounded down; nil where that is too large.
  static func microseconds(_ number: Int64, unit: Int) -> Int64? {
    if unit == 1 { return floorDivide(number, 1000) }
    let (product, overflow) = number.multipliedReportingOverflow(by: Int64(unit / 1000))
    return overflow ? nil : product
  }

  /// What a column of the field's type can hold: days, microseconds since 1970 or since midnight.
  var knownRange: ClosedRange<Int64> {
    let days = CivilDate.representableDays
    switch type {
    case .date: return Int64(days.lowerBound)...Int64(days.upperBound)
    case .timestamp:
      return Int64(days.lowerBound) * microsecondsPerDay...Int64(days.upperBound) * microsecondsPerDay
        + (microsecondsPerDay - 1)
    case .time: return 0...microsecondsPerDay
    default: return .min...(.max)
    }
  }

  func outOfRange() -> Diagnostic {
    switch type {
    case .integer: Diagnostic("a number in the column `\(name)` does not fit 64 bits", at: nil)
    case .decimal: Diagnostic("a number in the column `\(name)` has more digits than \(type.name) says", at: nil)
    case .time: Diagnostic("a time in the column `\(name)` is outside of a day", at: nil)
    case .interval: Diagnostic("a length of time in the column `\(name)` is too large", at: nil)
    default: Diagnostic("a date in the column `\(name)` is outside the years -9999 to 9999", at: nil)
    }
  }
}
