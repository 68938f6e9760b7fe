import CADBC
import ColumnStore
import Execution
import Glibc
import Language

/// Reads rows that come as an Arrow C stream into columns.
enum ArrowReader {
  /// All rows of a stream.
  ///
  /// - Throws: `TooManyRows`, `ExecutionError.cancelled`, a `Diagnostic` for a type that has no place here.
  static func table(
    of stream: inout ArrowArrayStream, rowLimit: Int, isCancelled: () -> Bool
  ) throws -> Table {
    var schema = ArrowSchema()
    try check(stream.get_schema?(&stream, &schema) ?? 0, &stream)
    defer { schema.release?(&schema) }
    let fields = try (0..<Int(schema.n_children)).map { index in
      guard let child = schema.children[index] else { throw Diagnostic("the driver gave a broken schema", at: nil) }
      return try ArrowField(child.pointee)
    }
    var builders = fields.map { ColumnBuilder(type: $0.type) }
    var rowCount = 0
    while true {
      if isCancelled() { throw ExecutionError.cancelled }
      var batch = ArrowArray()
      try check(stream.get_next?(&stream, &batch) ?? 0, &stream)
      guard let release = batch.release else { break }
      defer { release(&batch) }
      rowCount += Int(batch.length)
      if rowCount > rowLimit { throw TooManyRows(limit: rowLimit) }
      for (index, field) in fields.enumerated() {
        guard let child = batch.children[index] else { throw Diagnostic("the driver gave a broken batch", at: nil) }
        for row in 0..<Int(batch.length) {
          builders[index].append(try field.value(child.pointee, row + Int(batch.offset)))
        }
      }
    }
    return Table(
      descriptions: fields.map { ColumnDescription(name: $0.name, type: $0.type) },
      columns: builders.map { $0.finish() }, rowCount: rowCount)
  }

  private static func check(_ code: Int32, _ stream: inout ArrowArrayStream) throws {
    guard code != 0 else { return }
    let text = stream.get_last_error?(&stream).map { String(cString: $0) } ?? String(cString: strerror(code))
    throw StreamFault(message: text.split(whereSeparator: \.isNewline).joined(separator: " "))
  }
}

/// A stream broke off.
struct StreamFault: Error {
  let message: String
}

/// A column of an Arrow stream: its name, the type that it has here, and how its values lie.
struct ArrowField {
  /// How the values of an array lie in memory.
  private enum Layout {
    case null, boolean
    case signed(Int)
    case unsigned(Int)
    case float, double
    /// Bytes with offsets of so many bytes; binary ones are shown as hexadecimal digits.
    case bytes(offsetWidth: Int, isText: Bool)
    case view(isText: Bool)
    case decimal(byteCount: Int)
    case days, milliseconds
    /// A time of day, an instant or a length of time, in units of so many nanoseconds.
    case time(Int), clock(Int, width: Int), duration(Int)
    case months, daysAndMilliseconds, monthsDaysAndNanoseconds
    case list(offsetWidth: Int)
    case structure, map
  }

  let name: String
  let type: DataType
  private let layout: Layout
  private let children: [ArrowField]
  /// The values that codes stand for; empty for an array without a dictionary.
  private let dictionary: [ArrowField]

  /// Reads a schema. Throws a `Diagnostic` for a type that has no place here.
  init(_ schema: ArrowSchema) throws {
    name = schema.name.map { String(cString: $0) } ?? ""
    let format = schema.format.map { String(cString: $0) } ?? ""
    children = try (0..<Int(schema.n_children)).compactMap {
      try schema.children[$0].map { try ArrowField($0.pointee) }
    }
    if let values = schema.dictionary {
      dictionary = [try ArrowField(values.pointee)]
    } else {
      dictionary = []
    }
    guard let (layout, own) = ArrowField.layout(format, children) else {
      throw Diagnostic(
        "the column `\(name)` is of the Arrow type '\(format)', which has no place here", at: nil,
        help: "convert it in a view on the server")
    }
    self.layout = layout
    type = dictionary.first?.type ?? own
  }

  private static func layout(_ format: String, _ children: [ArrowField]) -> (Layout, DataType)? {
    switch format {
    case "n": return (.null, .text)
    case "b": return (.boolean, .boolean)
    case "c": return (.signed(1), .integer)
    case "s": return (.signed(2), .integer)
    case "i": return (.signed(4), .integer)
    case "l": return (.signed(8), .integer)
    case "C": return (.unsigned(1), .integer)
    case "S": return (.unsigned(2), .integer)
    case "I": return (.unsigned(4), .integer)
    case "L": return (.unsigned(8), .integer)
    case "f": return (.float, .double)
    case "g": return (.double, .double)
    case "u": return (.bytes(offsetWidth: 4, isText: true), .text)
    case "U": return (.bytes(offsetWidth: 8, isText: true), .text)
    case "z": return (.bytes(offsetWidth: 4, isText: false), .text)
    case "Z": return (.bytes(offsetWidth: 8, isText: false), .text)
    case "vu": return (.view(isText: true), .text)
    case "vz": return (.view(isText: false), .text)
    case "tdD": return (.days, .date)
    case "tdm": return (.milliseconds, .date)
    case "tts": return (.clock(1_000_000_000, width: 4), .time)
    case "ttm": return (.clock(1_000_000, width: 4), .time)
    case "ttu": return (.clock(1000, width: 8), .time)
    case "ttn": return (.clock(1, width: 8), .time)
    case "tiM": return (.months, .interval)
    case "tiD": return (.daysAndMilliseconds, .interval)
    case "tin": return (.monthsDaysAndNanoseconds, .interval)
    case "+l", "+L":
      guard let item = children.first else { return nil }
      return (.list(offsetWidth: format == "+l" ? 4 : 8), .list(item.type))
    case "+s": return (.structure, .text)
    case "+m": return (.map, .text)
    default: break
    }
    let units: [Character: Int] = ["s": 1_000_000_000, "m": 1_000_000, "u": 1000, "n": 1]
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
      return (.decimal(byteCount: bits / 8), .decimal(precision: parts[0], scale: parts[1]))
    }
    return nil
  }

  /// The value of a row of an array, counted from the start of its buffers less its own offset.
  func value(_ array: ArrowArray, _ row: Int) throws -> Value {
    let place = row + Int(array.offset)
    if array.null_count != 0, array.n_buffers > 0, let bits = array.buffers[0],
      (bits.load(fromByteOffset: place >> 3, as: UInt8.self) >> UInt8(place & 7)) & 1 == 0
    {
      return .null
    }
    if let values = dictionary.first, let entries = array.dictionary {
      guard let code = integer(array, place) else { return .null }
      return try values.value(entries.pointee, Int(code))
    }
    return try plainValue(array, place)
  }

  private func buffer(_ array: ArrowArray, _ index: Int) -> UnsafeRawPointer? {
    index < Int(array.n_buffers) ? array.buffers[index] : nil
  }

  private func load<Number: BitwiseCopyable>(_ array: ArrowArray, _ place: Int, as type: Number.Type) -> Number? {
    buffer(array, 1)?.loadUnaligned(fromByteOffset: place * MemoryLayout<Number>.size, as: type)
  }

  private func integer(_ array: ArrowArray, _ place: Int) -> Int64? {
    switch layout {
    case .signed(1): load(array, place, as: Int8.self).map(Int64.init)
    case .signed(2): load(array, place, as: Int16.self).map(Int64.init)
    case .signed(4): load(array, place, as: Int32.self).map(Int64.init)
    case .unsigned(1): load(array, place, as: UInt8.self).map(Int64.init)
    case .unsigned(2): load(array, place, as: UInt16.self).map(Int64.init)
    case .unsigned(4): load(array, place, as: UInt32.self).map(Int64.init)
    case .unsigned: load(array, place, as: UInt64.self).flatMap { Int64(exactly: $0) }
    default: load(array, place, as: Int64.self)
    }
  }

  private func plainValue(_ array: ArrowArray, _ place: Int) throws -> Value {
    switch layout {
    case .null: return .null
    case .boolean:
      guard let bits = buffer(array, 1) else { return .null }
      return .boolean((bits.load(fromByteOffset: place >> 3, as: UInt8.self) >> UInt8(place & 7)) & 1 == 1)
    case .signed, .unsigned:
      guard let number = integer(array, place) else {
        throw Diagnostic("a number in the column `\(name)` does not fit 64 bits", at: nil)
      }
      return .integer(number)
    case .float: return load(array, place, as: Float.self).map { .double(Double($0)) } ?? .null
    case .double: return load(array, place, as: Double.self).map { .double($0) } ?? .null
    case .bytes(let width, let isText):
      let start = offset(array, place, width)
      return text(buffer(array, 2), start, offset(array, place + 1, width) - start, isText)
    case .view(let isText): return view(array, place, isText)
    case .decimal(let byteCount):
      let units: Int128? =
        switch byteCount {
        case 4: load(array, place, as: Int32.self).map { Int128($0) }
        case 8: load(array, place, as: Int64.self).map { Int128($0) }
        default: load(array, place, as: Int128.self)
        }
      return units.map { .decimal(Decimal(units: $0, scale: type.scale)) } ?? .null
    case .list(let width):
      guard let items = children.first, let values = array.children?[0], let element = type.element else {
        return .null
      }
      let range = offset(array, place, width)..<max(offset(array, place, width), offset(array, place + 1, width))
      return .list(try range.map { try items.value(values.pointee, $0) }, of: element)
    case .structure, .map: return .text(try json(array, place))
    default:
      let value = temporal(array, place)
      guard ArrowField.isKnown(value) else {
        throw Diagnostic("a date in the column `\(name)` is outside the years -9999 to 9999", at: nil)
      }
      return value
    }
  }

  /// Whether a date or timestamp lies in the years that there are here.
  private static func isKnown(_ value: Value) -> Bool {
    switch value {
    case .date(let days): knownDays.contains(Int64(days))
    case .timestamp(let time): knownDays.contains(Int64((Double(time) / 86_400_000_000).rounded(.down)))
    default: true
    }
  }

  private static let knownDays =
    Int64(
      CivilDate(year: -9999, month: 1, day: 1)?.days ?? 0)...Int64(CivilDate(year: 9999, month: 12, day: 31)?.days ?? 0)

  private func temporal(_ array: ArrowArray, _ place: Int) -> Value {
    func scaled(_ number: Int64, _ nanoseconds: Int) -> Int64 {
      nanoseconds >= 1000
        ? number.multipliedReportingOverflow(by: Int64(nanoseconds / 1000)).partialValue
        : Int64((Double(number) / 1000).rounded(.down))
    }
    switch layout {
    case .days: return load(array, place, as: Int32.self).map { .date($0) } ?? .null
    case .milliseconds:
      guard let number = load(array, place, as: Int64.self) else { return .null }
      return .date(Int32(clamping: Int((Double(number) / 86_400_000).rounded(.down))))
    case .time(let unit): return load(array, place, as: Int64.self).map { .timestamp(scaled($0, unit)) } ?? .null
    case .clock(let unit, let width):
      let number = width == 4 ? load(array, place, as: Int32.self).map(Int64.init) : load(array, place, as: Int64.self)
      return number.map { .time(scaled($0, unit)) } ?? .null
    case .duration(let unit):
      return load(array, place, as: Int64.self).map { .interval(Interval(microseconds: scaled($0, unit))) } ?? .null
    case .months: return load(array, place, as: Int32.self).map { .interval(Interval(months: $0)) } ?? .null
    case .daysAndMilliseconds:
      guard let bytes = buffer(array, 1) else { return .null }
      return .interval(
        Interval(
          days: bytes.loadUnaligned(fromByteOffset: place * 8, as: Int32.self),
          microseconds: Int64(bytes.loadUnaligned(fromByteOffset: place * 8 + 4, as: Int32.self)) * 1000))
    case .monthsDaysAndNanoseconds:
      guard let bytes = buffer(array, 1) else { return .null }
      return .interval(
        Interval(
          months: bytes.loadUnaligned(fromByteOffset: place * 16, as: Int32.self),
          days: bytes.loadUnaligned(fromByteOffset: place * 16 + 4, as: Int32.self),
          microseconds: bytes.loadUnaligned(fromByteOffset: place * 16 + 8, as: Int64.self) / 1000))
    default: return .null
    }
  }

  private func offset(_ array: ArrowArray, _ place: Int, _ width: Int) -> Int {
    guard let offsets = buffer(array, 1) else { return 0 }
    return width == 4
      ? Int(offsets.loadUnaligned(fromByteOffset: place * 4, as: Int32.self))
      : Int(offsets.loadUnaligned(fromByteOffset: place * 8, as: Int64.self))
  }

  private func text(_ bytes: UnsafeRawPointer?, _ start: Int, _ count: Int, _ isText: Bool) -> Value {
    guard count > 0, let bytes else { return .text("") }
    let span = UnsafeRawBufferPointer(start: bytes + start, count: count)
    if isText { return .text(String(decoding: span, as: UTF8.self)) }
    let digits = Array("0123456789abcdef")
    return .text(span.reduce(into: "") { $0 += "\(digits[Int($1 >> 4)])\(digits[Int($1 & 15)])" })
  }

  /// A view: 4 bytes of length, then up to 12 bytes, or 4 bytes of prefix, the number of a buffer and an offset in it.
  private func view(_ array: ArrowArray, _ place: Int, _ isText: Bool) -> Value {
    guard let views = buffer(array, 1) else { return .null }
    let start = place * 16
    let length = Int(views.loadUnaligned(fromByteOffset: start, as: Int32.self))
    if length <= 12 { return text(views, start + 4, length, isText) }
    let number = Int(views.loadUnaligned(fromByteOffset: start + 8, as: Int32.self))
    let offset = Int(views.loadUnaligned(fromByteOffset: start + 12, as: Int32.self))
    return text(buffer(array, 2 + number), offset, length, isText)
  }

  /// Records and maps are shown as JSON.
  private func json(_ array: ArrowArray, _ place: Int) throws -> String {
    func quoted(_ value: Value) -> String {
      var bytes: [UInt8] = []
      value.appendJSON(to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    if case .map = layout, let entries = children.first, let values = array.children?[0] {
      let range = offset(array, place, 4)..<max(offset(array, place, 4), offset(array, place + 1, 4))
      let items = try range.map { item -> String in
        guard entries.children.count == 2, let keys = values.pointee.children?[0],
          let others = values.pointee.children?[1]
        else { return "" }
        let key = try entries.children[0].value(keys.pointee, item).description
        return "\(quoted(.text(key))):\(try entries.children[1].jsonValue(others.pointee, item, quoted))"
      }
      return "{\(items.joined(separator: ","))}"
    }
    let items = try children.enumerated().map { index, child -> String in
      guard let values = array.children?[index] else { return "" }
      return "\(quoted(.text(child.name))):\(try child.jsonValue(values.pointee, place, quoted))"
    }
    return "{\(items.joined(separator: ","))}"
  }

  private func jsonValue(_ array: ArrowArray, _ row: Int, _ quoted: (Value) -> String) throws -> String {
    let value = try value(array, row)
    switch layout {
    case .structure, .map: return value.isNull ? "null" : value.description
    default: return quoted(value)
    }
  }
}
