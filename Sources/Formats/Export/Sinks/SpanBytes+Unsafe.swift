extension [UInt8] {
  /// Appends the bytes of a span in one copy.
  mutating func append(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}
