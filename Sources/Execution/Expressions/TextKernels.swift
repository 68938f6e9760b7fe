import CSystem
import ColumnStore
import Glibc
import Planning

/// Searches in whole columns of text.
enum TextKernels {
  /// Whether each text contains, begins with or ends with a part; nil for a column without texts.
  static func search(_ column: Column, for part: String, _ function: ScalarFunction) -> Column? {
    guard column.type == .text else { return nil }
    let (views, heap) = column.textViews()
    let result = MutableBitmap(count: column.count)
    let needle = Array(part.utf8)
    needle.withUnsafeBufferPointer { needle in
      for row in 0..<views.count where matches(heap.bytes(at: views.pointer + row), needle, function) {
        result.set(row)
      }
    }
    return Column(type: .boolean, data: .boolean(result.frozen()), validity: column.validity)
  }

  /// Whether a regular expression matches each text; nil for a column without texts.
  static func search(_ column: Column, for regex: RegularExpression, whole: Bool) -> Column? {
    guard column.type == .text else { return nil }
    let (views, heap) = column.textViews()
    let result = MutableBitmap(count: column.count)
    for row in 0..<views.count where regex.matches(heap.bytes(at: views.pointer + row), whole: whole) {
      result.set(row)
    }
    return Column(type: .boolean, data: .boolean(result.frozen()), validity: column.validity)
  }

  private static func matches(
    _ text: UnsafeBufferPointer<UInt8>, _ part: UnsafeBufferPointer<UInt8>, _ function: ScalarFunction
  ) -> Bool {
    guard function == .equal ? text.count == part.count : text.count >= part.count else { return false }
    guard !part.isEmpty, let start = text.baseAddress, let partStart = part.baseAddress else { return true }
    return switch function {
    case .equal: memcmp(start, partStart, part.count) == 0
    case .startsWith: memcmp(start, partStart, part.count) == 0
    case .endsWith: memcmp(start + (text.count - part.count), partStart, part.count) == 0
    default: nb_memmem(start, text.count, partStart, part.count) != nil
    }
  }
}
