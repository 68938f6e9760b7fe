/// Where a field's content lies in a chunk: without its quotes and without the line end.
struct FieldSpan: BitwiseCopyable, Sendable {
  /// Bytes from the chunk's start.
  var start: UInt32
  /// The length in the low 29 bits; flags above.
  var bits: UInt32

  /// The field stood in quotes.
  static let quoted: UInt32 = 1 << 31
  /// The content holds doubled or escaped quotes.
  static let escaped: UInt32 = 1 << 30
  /// The record ended before this field.
  static let missing: UInt32 = 1 << 29
  static let lengthMask: UInt32 = 1 << 29 - 1
  /// The longest field, and the longest record.
  static let lengthLimit = 1 << 29 - 1

  static let absent = FieldSpan(start: 0, bits: missing)

  @inline(__always)
  init(start: UInt32, bits: UInt32) {
    self.start = start
    self.bits = bits
  }

  @inline(__always) var length: Int { Int(bits & FieldSpan.lengthMask) }
  @inline(__always) var isQuoted: Bool { bits & FieldSpan.quoted != 0 }
  @inline(__always) var isEscaped: Bool { bits & FieldSpan.escaped != 0 }
}
