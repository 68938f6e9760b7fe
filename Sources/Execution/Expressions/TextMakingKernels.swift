import CScan
import ColumnStore
import Planning

/// Texts that are made of others, or of other values, for whole columns.
enum TextMakingKernels {
  /// The texts of the operands' values one after the other; those of NULL are empty. Nil for lists, which are large.
  static func joined(_ operands: [Operand], validity: Bitmap?, count: Int) throws -> Column? {
    let columns = operands.map(\.column)
    if columns.contains(where: { $0.map { if case .list = $0.type { true } else { false } } ?? false }) { return nil }
    let constants = operands.map { Array(($0.constant ?? .null).description.utf8) }
    let texts = columns.map { column in column.flatMap { $0.type == .text ? $0.textViews() : nil } }
    return try made(count, validity) { row, bytes in
      for index in operands.indices {
        guard let column = columns[index] else {
          bytes.append(contentsOf: constants[index])
          continue
        }
        if column.isNull(row) { continue }
        if let (views, heap) = texts[index] {
          bytes.append(contentsOf: heap.bytes(at: views.pointer + row))
        } else {
          column.value(row).appendText(to: &bytes)
        }
      }
    }
  }

  /// The texts in small or capital letters; nil for a column without texts.
  static func inCase(_ column: Column, isUpper: Bool) throws -> Column? {
    guard column.type == .text else { return nil }
    let (views, heap) = column.textViews()
    return try made(column.count, column.validity) { row, bytes in
      let text = heap.bytes(at: views.pointer + row)
      setCase(text, isUpper: isUpper, into: &bytes)
    }
  }

  /// Sets bytes to a text in small or capital letters. Only texts of other letters than those of ASCII need the library.
  @inline(__always)
  static func setCase(_ text: UnsafeBufferPointer<UInt8>, isUpper: Bool, into bytes: inout [UInt8]) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: text)
    let first: UInt8 = isUpper ? 0x61 : 0x41
    var all: UInt8 = 0
    for index in bytes.indices {
      let byte = bytes[index]
      all |= byte
      bytes[index] = byte &- first < 26 ? byte ^ 0x20 : byte
    }
    if all < 0x80 { return }
    let string = String(decoding: text, as: UTF8.self)
    bytes = Array((isUpper ? string.uppercased() : string.lowercased()).utf8)
  }

  /// The texts with every occurrence of one part replaced by another; nil for a column without texts, and for texts that
  /// might become too long.
  static func replaced(_ column: Column, _ old: String, with new: String) throws -> Column? {
    guard column.type == .text, !old.isEmpty, new.utf8.count <= 1 << 10 else { return nil }
    let (views, heap) = column.textViews()
    for row in 0..<views.count where views.pointer[row].length > 1 << 16 { return nil }
    let (old, new) = (Array(old.utf8), Array(new.utf8))
    return try made(column.count, column.validity) { row, bytes in
      let text = heap.bytes(at: views.pointer + row)
      var place = 0
      while let found = find(old, in: text, from: place) {
        bytes.append(contentsOf: text[place..<found])
        bytes.append(contentsOf: new)
        place = found + old.count
      }
      bytes.append(contentsOf: text[place...])
    }
  }

  /// Where a part that is not empty first stands in a text, from a place on; in linear time, whatever the bytes.
  static func find(_ part: [UInt8], in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = text.baseAddress, let found = memmem(base + start, text.count - start, part, part.count) else {
      return nil
    }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// A column of the texts that `append` gives row by row, empty where there is no value.
  @inline(__always)
  private static func made(_ count: Int, _ validity: Bitmap?, _ append: (Int, inout [UInt8]) throws -> Void) throws
    -> Column
  {
    var builder = TextBuilder(capacity: count)
    var bytes: [UInt8] = []
    for row in 0..<count {
      bytes.removeAll(keepingCapacity: true)
      if validity?[row] ?? true { try append(row, &bytes) }
      bytes.withUnsafeBufferPointer { builder.append($0) }
      if row & 63 == 0 || bytes.count > 1 << 16 { try MemoryBudget.shared.check() }
    }
    let (views, heap) = builder.finish()
    return Column(type: .text, data: .views(views, heap), validity: validity)
  }
}
