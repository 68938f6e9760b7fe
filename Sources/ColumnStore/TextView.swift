/// A text in 16 bytes: its length, and either the text itself (up to 12 bytes) or its first four bytes and where in a
/// `TextHeap` the whole lies. Most comparisons end at the length and the prefix.
///
/// The layout is that of T. Neumann and M. Freitag, "Umbra: A Disk-Based System with In-Memory Performance" (CIDR 2020),
/// section 3.1.
@frozen
public struct TextView: BitwiseCopyable, Sendable {
  /// The number of UTF-8 bytes.
  public var length: UInt32
  /// The first four bytes; zeros fill a shorter text.
  public var prefix: UInt32
  /// Inline: bytes 5 to 12, zero-filled. Else the block's number in the upper 16 bits, the offset in the lower 48.
  public var payload: UInt64

  /// The longest text that needs no heap.
  public static let inlineCapacity = 12
  /// The largest block of a heap, in bytes.
  public static let offsetLimit = 1 << 48
  /// The longest text that a view can describe.
  public static let lengthLimit = Int(UInt32.max)

  /// The view of the empty text.
  public static let empty = TextView(length: 0, prefix: 0, payload: 0)

  @inlinable
  init(length: UInt32, prefix: UInt32, payload: UInt64) {
    self.length = length
    self.prefix = prefix
    self.payload = payload
  }

  /// Whether the view holds the text itself.
  @inlinable public var isInline: Bool { length <= 12 }

  /// The block of the heap; only for a view that is not inline.
  @inlinable public var block: Int { Int(payload >> 48) }

  /// The offset in the block; only for a view that is not inline.
  @inlinable public var offset: Int { Int(payload & 0xFFFF_FFFF_FFFF) }
}
