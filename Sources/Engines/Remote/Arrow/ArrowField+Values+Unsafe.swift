import CADBC
import ColumnStore
import Language

/// Single values of arrays that have been checked: for layouts that are too rare to be read as a whole, and for what lists
/// and records hold.
extension ArrowField {
  /// The value of a row of an array, counted from the start of its buffers less its own offset.
  func value(_ array: ArrowArray, _ row: Int) throws -> Value {
    let place = row + Int(array.offset)
    if !ArrowField.isSet(validityBits(array), place) { return .null }
    if let values = dictionary.first, let entries = array.dictionary {
      guard let code = integer(array, place) else { return .null }
      return try values.value(entries.pointee, Int(code))
    }
    return try plainValue(array, place)
  }

  private func load<Number: BitwiseCopyable>(_ array: ArrowArray, _ place: Int, as type: Number.Type) -> Number? {
    buffer(array, 1)?.loadUnaligned(fromByteOffset: place * MemoryLayout<Number>.size, as: type)
  }

  /// The whole number at a place; nil where it does not fit 64 bits.
  func integer(_ array: ArrowArray, _ place: Int) -> Int64? {
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
    case .boolean: return buffer(array, 1).map { .boolean(ArrowField.isSet($0, place)) } ?? .null
    case .signed, .unsigned:
      guard let number = integer(array, place) else { throw outOfRange() }
      return .integer(number)
    case .float: return load(array, place, as: Float.self).map { .double(Double($0)) } ?? .null
    case .double: return load(array, place, as: Double.self).map { .double($0) } ?? .null
    case .bytes(let width, let isText):
      let start = offset(array, place, width)
      return text(buffer(array, 2), start, offset(array, place + 1, width) - start, isText)
    case .view(let isText): return view(array, place, isText)
    case .decimal(let byteCount, let precision):
      let units: Int128? =
        switch byteCount {
        case 4: load(array, place, as: Int32.self).map { Int128($0) }
        case 8: load(array, place, as: Int64.self).map { Int128($0) }
        default: load(array, place, as: Int128.self)
        }
      guard let units, Decimal.fits(units, precision: precision) else { throw outOfRange() }
      return .decimal(Decimal(units: units, scale: type.scale))
    case .list(let width):
      guard let items = children.first, let values = array.children?[0], let element = type.element else {
        return .null
      }
      return .list(
        try (offset(array, place, width)..<offset(array, place + 1, width)).map {
          try items.value(values.pointee, $0)
        }, of: element)
    case .structure, .map: return .text(try json(array, place))
    default: return try temporal(array, place)
    }
  }

  private func temporal(_ array: ArrowArray, _ place: Int) throws -> Value {
    switch layout {
    case .days: return .date(Int32(try known(load(array, place, as: Int32.self).map(Int64.init))))
    case .milliseconds:
      let days = load(array, place, as: Int64.self).map { floorDivide($0, ArrowField.millisecondsPerDay) }
      return .date(Int32(try known(days)))
    case .time(let unit):
      return .timestamp(
        try known(load(array, place, as: Int64.self).flatMap { ArrowField.microseconds($0, unit: unit) }))
    case .clock(let unit, let width):
      let number = width == 4 ? load(array, place, as: Int32.self).map(Int64.init) : load(array, place, as: Int64.self)
      return .time(try known(number.flatMap { ArrowField.microseconds($0, unit: unit) }))
    case .duration(let unit):
      return .interval(
        Interval(
          microseconds: try known(
            load(array, place, as: Int64.self).flatMap { ArrowField.microseconds($0, unit: unit) })
        ))
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

  /// A number that the type has; throws where it is none.
  private func known(_ number: Int64?) throws -> Int64 {
    guard let number, knownRange.contains(number) else { throw outOfRange() }
    return number
  }

  private func text(_ bytes: UnsafeRawPointer?, _ start: Int, _ count: Int, _ isText: Bool) -> Value {
    guard count > 0, let bytes else { return .text("") }
    let span = UnsafeRawBufferPointer(start: bytes + start, count: count)
    if isText { return .text(String(decoding: span, as: UTF8.self)) }
    let digits = Array("0123456789abcdef".utf8)
    return .text(
      String(decoding: span.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self))
  }

  private func view(_ array: ArrowArray, _ place: Int, _ isText: Bool) -> Value {
    guard let views = buffer(array, 1) else { return .null }
    let view = ArrowView(views, place)
    if view.isInline { return text(view.inline.baseAddress, 0, view.length, isText) }
    return text(ArrowField.viewBlock(array, view.block)?.baseAddress, view.offset, view.length, isText)
  }

  /// Records and maps are shown as JSON.
  private func json(_ array: ArrowArray, _ place: Int) throws -> String {
    func quoted(_ value: Value) -> String {
      var bytes: [UInt8] = []
      value.appendJSON(to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    if case .map = layout, let entries = children.first, let values = array.children?[0] {
      let items = try (offset(array, place, 4)..<offset(array, place + 1, 4)).map { item -> String in
        // The entries are an array with an offset of its own.
        let inside = item + Int(values.pointee.offset)
        guard entries.children.count == 2, let keys = values.pointee.children?[0],
          let others = values.pointee.children?[1]
        else { return "" }
        let key = try entries.children[0].value(keys.pointee, inside).description
        return "\(quoted(.text(key))):\(try entries.children[1].jsonValue(others.pointee, inside, quoted))"
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
