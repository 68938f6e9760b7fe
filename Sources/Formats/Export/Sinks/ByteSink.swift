/// Where the bytes of a written table go: a descriptor, a file, memory.
///
/// The formats hand over pieces of 64 KB and more, never single cells. A sink that throws stops the writing; that is also
/// how a caller stops a long one.
public protocol ByteSink: AnyObject {
  /// Takes bytes, in order. Throws `BrokenPipe` when nobody reads them any more, else `SinkError`.
  func write(_ bytes: Span<UInt8>) throws
}

extension ByteSink {
  /// Writes the bytes of an array.
  public func write(_ bytes: [UInt8]) throws { try write(bytes.span) }

  /// Writes a text as UTF-8.
  public func write(_ text: String) throws { try write(Array(text.utf8)) }
}

/// The reader of a pipe has gone away, as `head` does when it has enough. Not a fault: end quietly.
public struct BrokenPipe: Error, Hashable {
  /// The error.
  public init() {}
}
