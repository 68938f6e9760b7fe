import ColumnStore
import Planning

/// Lengths and parts of the texts of whole columns. Places and lengths count code points, and texts are UTF-8, so
/// they count the bytes that do not continue one.
enum TextPartKernels {
  /// The code points of each text; nil for a column without texts.
  static func length(_ column: Column) -> Column? {
    guard column.type == .text else { return nil }
    let (views, heap) = column.textViews()
    let result = MutableBuffer<Int32>(count: views.count)
    var isLong = false
    for row in 0..<views.count {
      let text = heap.bytes(at: views.pointer + row)
      let found = codePoints(text)
      isLong = isLong || found > Int(Int32.max)
      result.pointer[row] = Int32(truncatingIfNeeded: found)
    }
    if isLong { return nil }
    return Column(type: .integer, data: .integer32(result.frozen()), validity: column.validity)
  }

  /// How many bytes do not continue a code point, eight of them at a time.
  @inline(__always)
  private static func codePoints(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    guard let start = text.baseAddress else { return 0 }
    var (found, place) = (text.count, 0)
    while place + 8 <= text.count {
      let word = UnsafeRawPointer(start + place).loadUnaligned(as: UInt64.self)
      // A byte that continues has its highest bit, but not the next.
      found &-= (word & ~(word &<< 1) & 0x8080_8080_8080_8080).nonzeroBitCount
      place += 8
    }
    while place < text.count {
      if start[place].continuesCodePoint { found &-= 1 }
      place += 1
    }
    return found
  }

  /// A part of each text, whose place is given by constants; nil for other operands. The parts lie where the texts lie.
  static func part(_ function: ScalarFunction, _ values: [Operand]) -> Column? {
    guard let column = values[0].column, column.type == .text else { return nil }
    switch function {
    case .trim, .trimStart, .trimEnd:
      guard let place = TrimmedPlace(function, values.dropFirst()) else { return nil }
      return part(column) { place.range(in: $0) }
    case .splitPart:
      guard let place = SplitPlace(values.dropFirst()) else { return nil }
      return part(column) { place.range(in: $0) }
    default:
      guard let place = CountedPlace(function, values.dropFirst()) else { return nil }
      return part(column) { place.range(in: $0) }
    }
  }

  @inline(__always)
  private static func part(_ column: Column, _ place: (UnsafeBufferPointer<UInt8>) -> Range<Int>) -> Column {
    let (views, heap) = column.textViews()
    let result = MutableBuffer<TextView>(count: views.count)
    for row in 0..<views.count {
      let view = views.pointer + row
      let text = heap.bytes(at: view)
      let range = place(text)
      let part = UnsafeBufferPointer(rebasing: text[range])
      // What is too long for a view came from a text that was.
      let isInline = part.count <= TextView.inlineCapacity
      result.pointer[row] =
        isInline
        ? TextView(bytes: part, block: 0, offset: 0)
        : TextView(bytes: part, block: view.pointee.block, offset: view.pointee.offset + range.lowerBound)
    }
    return Column(type: .text, data: .views(result.frozen(), heap), validity: column.validity)
  }
}

/// A part of a text that is given by numbers of code points.
private enum CountedPlace {
  /// What is left once so many code points are gone, but no more than so many.
  case behind(Int, most: Int)
  /// The last code points.
  case last(Int)
  /// All but the last code points.
  case without(last: Int)

  /// Nil where a place is no constant.
  init?(_ function: ScalarFunction, _ arguments: ArraySlice<Operand>) {
    let numbers = arguments.compactMap { argument -> Int? in
      if case .constant(.integer(let number)) = argument { Int(number) } else { nil }
    }
    guard let first = numbers.first, numbers.count == arguments.count else { return nil }
    let magnitude = Int(clamping: first.magnitude)
    switch function {
    case .left: self = first >= 0 ? .behind(0, most: first) : .without(last: magnitude)
    case .right: self = first >= 0 ? .last(first) : .behind(magnitude, most: .max)
    case .substring:
      // The places from `first` to before `end` that exist, the first of them being 1.
      guard numbers.count > 1 else {
        self = .behind(max(first, 1) - 1, most: .max)
        return
      }
      let (sum, overflow) = first.addingReportingOverflow(max(0, numbers[1]))
      let (start, end) = (max(first, 1), overflow ? Int.max : sum)
      self = .behind(start - 1, most: end > start ? end - start : 0)
    default: return nil
    }
  }

  /// The bytes of a text that are meant.
  @inline(__always)
  func range(in text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    switch self {
    case .behind(let skipped, let most):
      let start = Self.forward(text, 0, skipped)
      return start..<Self.forward(text, start, most)
    case .last(let count): return Self.backward(text, count)..<text.count
    case .without(let count): return 0..<Self.backward(text, count)
    }
  }

  /// Where a text goes on so many code points behind a place.
  @inline(__always)
  private static func forward(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Int {
    if count >= text.count - start { return text.count }
    var (place, left) = (start, count)
    while left > 0, place < text.count {
      place += 1
      while place < text.count, text[place].continuesCodePoint { place += 1 }
      left -= 1
    }
    return place
  }

  /// Where the last so many code points of a text begin.
  @inline(__always)
  private static func backward(_ text: UnsafeBufferPointer<UInt8>, _ count: Int) -> Int {
    if count >= text.count { return 0 }
    var (place, left) = (text.count, count)
    while left > 0, place > 0 {
      place -= 1
      while place > 0, text[place].continuesCodePoint { place -= 1 }
      left -= 1
    }
    return place
  }
}

/// What is left of a text without some characters at its ends.
private struct TrimmedPlace {
  private let atStart: Bool
  private let atEnd: Bool
  /// Which bytes are taken away.
  private let isTaken: [Bool]

  /// Nil where the characters are no constant, or others than those of ASCII.
  init?(_ function: ScalarFunction, _ arguments: ArraySlice<Operand>) {
    (atStart, atEnd) = (function != .trimEnd, function != .trimStart)
    var characters = " "
    if let given = arguments.first {
      guard case .constant(.text(let text)) = given else { return nil }
      characters = text
    }
    var isTaken = [Bool](repeating: false, count: 256)
    for byte in characters.utf8 {
      if byte >= 0x80 { return nil }
      isTaken[Int(byte)] = true
    }
    self.isTaken = isTaken
  }

  @inline(__always)
  func range(in text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var (start, end) = (0, text.count)
    if atStart { while start < end, isTaken[Int(text[start])] { start += 1 } }
    if atEnd { while start < end, isTaken[Int(text[end - 1])] { end -= 1 } }
    return start..<end
  }
}

/// What stands in a text between two separators.
private struct SplitPlace {
  private let separator: [UInt8]
  private let number: Int64

  /// Nil where the separator or the number are no constants, or such as have a rule of their own.
  init?(_ arguments: ArraySlice<Operand>) {
    let values = arguments.map(\.constant)
    guard values.count == 2, case .text(let separator)? = values[0], case .integer(let number)? = values[1],
      !separator.isEmpty, number > 0
    else { return nil }
    (self.separator, self.number) = (Array(separator.utf8), number)
  }

  @inline(__always)
  func range(in text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var start = 0
    var left = number
    while true {
      let end = TextMakingKernels.find(separator, in: text, from: start)
      left -= 1
      if left == 0 { return start..<(end ?? text.count) }
      guard let end else { return 0..<0 }
      start = end + separator.count
    }
  }
}

extension UInt8 {
  /// Whether it continues a code point of UTF-8, and so begins none.
  @inline(__always)
  var continuesCodePoint: Bool { self & 0xC0 == 0x80 }
}
