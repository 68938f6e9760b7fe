import CSystem

/// The blocks of bytes that the long texts of a column lie in: parts of a mapped file, or arenas that were filled here.
public final class TextHeap: Sendable {
  /// The blocks; a view names one by its index.
  public let blocks: [Buffer<UInt8>]
  /// Where the blocks lie, so that finding a text counts no references.
  @usableFromInline let spans: Buffer<BlockSpan>

  /// The most blocks that a heap can have: a view's number of its block has 16 bits.
  public static let blockLimit = 1 << 16

  /// A heap over finished blocks, at most `blockLimit` of them.
  public init(blocks: [Buffer<UInt8>]) {
    precondition(blocks.count <= TextHeap.blockLimit)
    self.blocks = blocks
    spans = Buffer(blocks.map { BlockSpan(address: UInt(bitPattern: $0.pointer), count: $0.count) })
  }

  /// A heap without blocks, for columns whose texts are all inline.
  public static let none = TextHeap(blocks: [])

  /// The bytes of memory that it holds; mapped files count nothing.
  public var byteCount: Int { blocks.reduce(0) { $0 + $1.heldByteCount } }

  /// Calls `body` with the bytes of a text.
  @inlinable
  public func withBytes<Result>(
    of view: TextView, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    var copy = view
    return try withUnsafePointer(to: &copy) { try body(bytes(at: $0)) }
  }

  /// The bytes of the text whose view lies at `pointer`; valid as long as the view and the heap are.
  @inlinable
  public func bytes(at pointer: UnsafePointer<TextView>) -> UnsafeBufferPointer<UInt8> {
    let view = pointer.pointee
    let count = Int(view.length)
    if view.isInline {
      let inline = (UnsafeRawPointer(pointer) + 4).assumingMemoryBound(to: UInt8.self)
      return UnsafeBufferPointer(start: inline, count: count)
    }
    precondition(view.block < spans.count, "text view of no block")
    let block = spans.pointer[view.block]
    precondition(view.offset + count <= block.count, "text view outside its block")
    return UnsafeBufferPointer(start: block.start.map { $0 + view.offset }, count: count)
  }

  /// Asks for the text whose view lies at `pointer` to be brought into the cache, the first of its bytes at least.
  @inlinable
  public func prefetch(at pointer: UnsafePointer<TextView>) {
    let view = pointer.pointee
    if view.isInline || view.block >= spans.count { return }
    // An address that is none does no harm.
    nb_prefetch_text(spans.pointer[view.block].address &+ UInt(bitPattern: view.offset), Int(view.length))
  }

  /// The text that a view describes.
  public func string(_ view: TextView) -> String { withBytes(of: view) { String(decoding: $0, as: UTF8.self) } }

  /// Byte order of two texts, which is the order of their code points: negative, zero or positive.
  @inlinable
  public static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    let shared = min(left.count, right.count)
    if shared > 0, let leftBase = left.baseAddress, let rightBase = right.baseAddress {
      let order = compareMemory(leftBase, rightBase, shared)
      if order != 0 { return order }
    }
    return left.count - right.count
  }

  /// Whether two texts are the same bytes.
  @inlinable
  public static func equal(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    left.count == right.count && compare(left, right) == 0
  }
}

extension TextView {
  /// The view of `bytes` that lie at `offset` of block `block`; a short text is copied into the view.
  @inlinable
  public init(bytes: UnsafeBufferPointer<UInt8>, block: Int, offset: Int) {
    precondition(bytes.count <= TextView.lengthLimit && offset < TextView.offsetLimit)
    self = TextView.empty
    length = UInt32(truncatingIfNeeded: bytes.count)
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
    if bytes.count <= 12 {
      withUnsafeMutablePointer(to: &self) { view in
        (UnsafeMutableRawPointer(view) + 4).copyMemory(from: base, byteCount: bytes.count)
      }
    } else {
      prefix = UnsafeRawPointer(base).loadUnaligned(as: UInt32.self)
      payload = UInt64(truncatingIfNeeded: block) << 48 | UInt64(truncatingIfNeeded: offset)
    }
  }
}

/// Where a heap's block lies.
@frozen @usableFromInline
struct BlockSpan: BitwiseCopyable, Sendable {
  @usableFromInline let address: UInt
  @usableFromInline let count: Int

  @usableFromInline
  init(address: UInt, count: Int) {
    self.address = address
    self.count = count
  }

  @inlinable var start: UnsafePointer<UInt8>? { UnsafePointer(bitPattern: address) }
}

/// Collects texts one after the other into views and a heap.
public struct TextBuilder: Sendable {
  private var views: [TextView] = []
  /// Where the long texts are: blocks that are full, and the one that is being filled.
  private var full: [Buffer<UInt8>] = []
  private var arena: [UInt8] = []

  /// A block that has become as large as this is left as it is, and another begun: no large one is ever copied.
  private static let blockSize = 16 << 20

  /// A builder with place reserved for `capacity` texts.
  public init(capacity: Int = 0) { views.reserveCapacity(capacity) }

  /// How many texts it holds.
  public var count: Int { views.count }

  /// Appends a text given as bytes of valid UTF-8.
  public mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    views.append(TextView(bytes: bytes, block: full.count, offset: arena.count))
    if bytes.count > TextView.inlineCapacity { arena.append(contentsOf: bytes) }
    if arena.count >= TextBuilder.blockSize, full.count < TextHeap.blockLimit - 1 {
      full.append(Buffer(arena))
      arena.removeAll(keepingCapacity: true)
    }
  }

  /// Appends a text.
  public mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Appends an empty text, for rows whose value is NULL.
  public mutating func appendEmpty() { views.append(.empty) }

  /// The views and the heap that they point into.
  public func finish() -> (views: Buffer<TextView>, heap: TextHeap) {
    let blocks = arena.isEmpty ? full : full + [Buffer(arena)]
    return (Buffer(views), blocks.isEmpty ? .none : TextHeap(blocks: blocks))
  }
}
