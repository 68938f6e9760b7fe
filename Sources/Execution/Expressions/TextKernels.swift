import CScan
import ColumnStore
import Planning

/// Searches in whole columns of text.
enum TextKernels {
  private static let level = cscan_level()

  /// Whether each text contains, begins with, ends with or equals a part; nil for a column without texts.
  static func search(_ column: Column, for part: String, _ function: ScalarFunction) -> Column? {
    guard column.type == .text else { return nil }
    let (views, heap) = column.textViews()
    var part = part
    let found = part.withUTF8 { part -> Bitmap in
      guard let start = part.baseAddress, !part.isEmpty else {
        return function == .equal
          ? rows(views) { $0.pointee.length == 0 } : Bitmap(repeating: true, count: views.count)
      }
      let isAtStart = TextPrefix(part)
      switch function {
      case .equal where part.count <= TextView.inlineCapacity:
        let wanted = TextView(bytes: part, block: 0, offset: 0)
        return rows(views) { view in
          let text = view.pointee
          return text.length == wanted.length && text.prefix == wanted.prefix && text.payload == wanted.payload
        }
      case .equal: return rows(views) { Int($0.pointee.length) == part.count && isAtStart.matches($0, heap) }
      case .startsWith: return rows(views) { isAtStart.matches($0, heap) }
      case .endsWith:
        return rows(views) { view in
          let text = heap.bytes(at: view)
          guard text.count >= part.count else { return false }
          return TextHeap.equal(UnsafeBufferPointer(rebasing: text.suffix(part.count)), part)
        }
      default:
        let level = level
        return rows(views) { view in
          let text = heap.bytes(at: view)
          return cscan_contains(Int32(level), text.baseAddress, text.count, start, part.count) != 0
        }
      }
    }
    return Column(type: .boolean, data: .boolean(found), validity: column.validity)
  }

  /// Whether each text fits a pattern, which is in lower case where that of the texts does not matter; nil for a column
  /// without texts.
  static func match(_ column: Column, _ pattern: LikePattern, ignoresCase: Bool) -> Column? {
    guard column.type == .text else { return nil }
    let (views, heap) = column.textViews()
    var part: [UInt8]?
    if case (.contains, let text)? = pattern.simpleSearch, !text.isEmpty { part = Array(text.utf8) }
    var folded: [UInt8] = []
    let found = rows(views) { view in
      let text = heap.bytes(at: view)
      if !ignoresCase { return pattern.matches(text) }
      TextMakingKernels.setCase(text, isUpper: false, into: &folded)
      return folded.withUnsafeBufferPointer { folded in
        guard let part else { return pattern.matches(folded) }
        return cscan_contains(Int32(level), folded.baseAddress, folded.count, part, part.count) != 0
      }
    }
    return Column(type: .boolean, data: .boolean(found), validity: column.validity)
  }

  /// Whether a regular expression matches each text; nil for a column without texts.
  static func search(_ column: Column, for regex: RegularExpression, whole: Bool) -> Column? {
    guard column.type == .text else { return nil }
    let (views, heap) = column.textViews()
    let found = rows(views) { regex.matches(heap.bytes(at: $0), whole: whole) }
    return Column(type: .boolean, data: .boolean(found), validity: column.validity)
  }

  /// The rows whose text passes a test. Nothing is asked of memory ahead: the texts of a column mostly follow each other,
  /// and that the processor sees for itself.
  @inline(__always)
  private static func rows(_ views: Buffer<TextView>, _ test: (UnsafePointer<TextView>) -> Bool) -> Bitmap {
    packBits(views.count) { test(views.pointer + $0) }
  }
}

/// What a text may begin with; most texts that do not are told by their view alone.
private struct TextPrefix {
  private let part: UnsafeBufferPointer<UInt8>
  private let word: UInt32
  private let mask: UInt32

  init(_ part: UnsafeBufferPointer<UInt8>) {
    self.part = part
    var word: UInt32 = 0
    for (index, byte) in part.prefix(4).enumerated() { word |= UInt32(byte) << UInt32(index * 8) }
    self.word = word
    mask = part.count >= 4 ? .max : 1 << UInt32(part.count * 8) - 1
  }

  @inline(__always)
  func matches(_ view: UnsafePointer<TextView>, _ heap: TextHeap) -> Bool {
    let text = view.pointee
    guard Int(text.length) >= part.count, text.prefix & mask == word else { return false }
    if part.count <= 4 { return true }
    return TextHeap.equal(UnsafeBufferPointer(rebasing: heap.bytes(at: view).prefix(part.count)), part)
  }
}
