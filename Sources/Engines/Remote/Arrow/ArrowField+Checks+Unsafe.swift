import CADBC
import Language

/// Whether arrays can be as they say: looked at once a batch, so that reading them cannot go astray whatever a driver gives.
///
/// How long buffers are is not told by the C data interface, except for those that views point into; so what is checked is
/// everything else: that they are there, and that lengths, offsets and codes agree.
extension ArrowField {
  /// Makes sure that rows can be read, numbered without the array's own offset. Throws a `Diagnostic`.
  func check(_ array: ArrowArray, _ rows: Range<Int>) throws {
    let (length, start) = (Int(array.length), Int(array.offset))
    guard length >= 0, start >= 0, length <= ArrowField.lengthLimit, start <= ArrowField.lengthLimit else {
      throw broken("its length is \(length), its offset \(start)")
    }
    guard rows.lowerBound >= 0, rows.upperBound <= length else {
      throw broken("it has \(length) rows, and \(rows.upperBound) are needed")
    }
    let places = rows.lowerBound + start..<rows.upperBound + start
    guard Int(array.n_buffers) >= bufferCount, bufferCount == 0 || array.buffers != nil else {
      throw broken("it has \(array.n_buffers) buffers, and \(bufferCount) are needed")
    }
    if places.isEmpty { return }
    if array.null_count > 0, bufferCount > 0, buffer(array, 0) == nil {
      throw broken("values are missing, and nothing says which")
    }
    if bufferCount > 1, buffer(array, 1) == nil { throw broken("it has no values") }
    if let values = dictionary.first {
      guard let entries = array.dictionary?.pointee else { throw broken("it has codes and no dictionary") }
      try values.check(entries, 0..<Int(max(0, entries.length)))
      return try checkCodes(array, places, count: Int(entries.length))
    }
    switch layout {
    case .bytes(let width, _):
      if try extent(array, places, width).isEmpty == false, buffer(array, 2) == nil { throw broken("it has no bytes") }
    case .view: try checkViews(array, places)
    case .list(let width): try checkChildren(array, extent(array, places, width))
    case .map: try checkChildren(array, extent(array, places, 4))
    case .structure: try checkChildren(array, places)
    default: break
    }
  }

  private func broken(_ what: String) -> Diagnostic {
    Diagnostic("the driver gave a broken array for the column `\(name)`: \(what)", at: nil)
  }

  /// How many buffers there are, at least.
  private var bufferCount: Int {
    switch layout {
    case .null: 0
    case .structure: 1
    case .bytes: 3
    default: 2
    }
  }

  private func checkChildren(_ array: ArrowArray, _ rows: Range<Int>) throws {
    guard Int(array.n_children) == children.count, children.isEmpty || array.children != nil else {
      throw broken("it has \(array.n_children) children, and \(children.count) are needed")
    }
    for (index, child) in children.enumerated() {
      guard let values = array.children[index] else { throw broken("a child is missing") }
      try child.check(values.pointee, rows)
    }
  }

  /// Where the bytes or items of places lie together.
  private func extent(_ array: ArrowArray, _ places: Range<Int>, _ width: Int) throws -> Range<Int> {
    var before = offset(array, places.lowerBound, width)
    guard before >= 0 else { throw broken("an offset is \(before)") }
    let first = before
    var longest = 0
    for place in places {
      let next = offset(array, place + 1, width)
      guard next >= before else { throw broken("an offset goes down from \(before) to \(next)") }
      longest = max(longest, next - before)
      before = next
    }
    guard before < ArrowField.lengthLimit, longest <= Int(UInt32.max) else {
      throw broken("a value of \(longest) bytes")
    }
    return first..<before
  }

  private func checkCodes(_ array: ArrowArray, _ places: Range<Int>, count: Int) throws {
    let bits = validityBits(array)
    for place in places where ArrowField.isSet(bits, place) {
      guard let code = integer(array, place), (0..<Int64(count)).contains(code) else {
        throw broken("a code is not in the dictionary of \(count) values")
      }
    }
  }

  /// The last buffer holds the lengths of those that views point into.
  private func checkViews(_ array: ArrowArray, _ places: Range<Int>) throws {
    guard let views = buffer(array, 1) else { return }
    let bits = validityBits(array)
    for place in places where ArrowField.isSet(bits, place) {
      let view = ArrowView(views, place)
      guard view.length >= 0 else { throw broken("a text of \(view.length) bytes") }
      if view.isInline { continue }
      guard let block = ArrowField.viewBlock(array, view.block), view.offset >= 0,
        view.offset + view.length <= block.count
      else { throw broken("a text outside of its buffer") }
    }
  }

  /// A bit; all are set where there are none.
  static func isSet(_ bits: UnsafeRawPointer?, _ place: Int) -> Bool {
    guard let bits else { return true }
    return (bits.load(fromByteOffset: place >> 3, as: UInt8.self) >> UInt8(place & 7)) & 1 == 1
  }

  /// How many buffers views point into.
  static func viewBlockCount(_ array: ArrowArray) -> Int { max(0, Int(array.n_buffers) - 3) }

  /// A buffer that views point into; nil where there is none.
  static func viewBlock(_ array: ArrowArray, _ number: Int) -> UnsafeRawBufferPointer? {
    guard (0..<viewBlockCount(array)).contains(number), let lengths = array.buffers[Int(array.n_buffers) - 1],
      let bytes = array.buffers[2 + number]
    else { return nil }
    let length = Int(lengths.loadUnaligned(fromByteOffset: number * 8, as: Int64.self))
    return UnsafeRawBufferPointer(start: bytes, count: max(0, min(length, ArrowField.lengthLimit - 1)))
  }
}

/// A view of an array: its length, then up to 12 bytes, or 4 bytes of prefix, the number of a buffer and an offset in it.
struct ArrowView {
  let length: Int
  let block: Int
  let offset: Int
  /// The text itself; only for one that is short enough.
  let inline: UnsafeRawBufferPointer

  init(_ views: UnsafeRawPointer, _ place: Int) {
    let start = views + place * 16
    length = Int(start.loadUnaligned(as: Int32.self))
    block = Int(start.loadUnaligned(fromByteOffset: 8, as: Int32.self))
    offset = Int(start.loadUnaligned(fromByteOffset: 12, as: Int32.self))
    inline = UnsafeRawBufferPointer(start: start + 4, count: max(0, min(12, length)))
  }

  var isInline: Bool { length <= 12 }
}
