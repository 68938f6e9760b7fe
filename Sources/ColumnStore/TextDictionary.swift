/// The distinct texts of a column; a row holds only its text's number, the code.
///
/// A dictionary is immutable, so its identity stands for its content: whatever was worked out once per entry (a
/// predicate, a function, a rank) may be kept beside it.
public final class TextDictionary: Sendable {
  /// One view per code.
  public let views: Buffer<TextView>
  /// What the views point into.
  public let heap: TextHeap
  /// Whether codes are in the order of their texts, so that comparing codes compares texts.
  public let isSorted: Bool

  /// A dictionary of distinct texts. `isSorted` may be claimed only where it is so; debug builds check it.
  public init(views: Buffer<TextView>, heap: TextHeap, isSorted: Bool) {
    self.views = views
    self.heap = heap
    self.isSorted = isSorted
    assert(!isSorted || isStrictlyAscending)
  }

  /// A dictionary of texts that must be distinct.
  public convenience init(_ texts: [String], isSorted: Bool = false) {
    var builder = TextBuilder(capacity: texts.count)
    for text in texts { builder.append(text) }
    let (views, heap) = builder.finish()
    self.init(views: views, heap: heap, isSorted: isSorted)
  }

  /// The number of distinct texts.
  @inlinable public var count: Int { views.count }

  /// The text of a code.
  public subscript(code: Int) -> String { heap.string(views[code]) }

  /// The bytes of a code's text.
  @inlinable
  public func bytes(_ code: Int) -> UnsafeBufferPointer<UInt8> {
    precondition(code >= 0 && code < count)
    return heap.bytes(at: views.pointer + code)
  }

  /// The bytes of memory that it holds.
  public var byteCount: Int { views.heldByteCount + heap.byteCount }

  /// The codes in the order of their texts.
  public func sortedCodes() -> [UInt32] {
    let codes = (0..<UInt32(truncatingIfNeeded: count))
    return isSorted ? Array(codes) : codes.sorted { TextHeap.compare(bytes(Int($0)), bytes(Int($1))) < 0 }
  }

  private var isStrictlyAscending: Bool {
    for code in stride(from: 1, to: count, by: 1) where TextHeap.compare(bytes(code - 1), bytes(code)) >= 0 {
      return false
    }
    return true
  }
}
