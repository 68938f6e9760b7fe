/// Collects what is written: for tests, for cells of a report, for the pager.
public final class MemorySink: ByteSink {
  /// Everything written so far.
  public private(set) var bytes: [UInt8] = []

  /// An empty sink.
  public init() {}

  /// Appends bytes.
  public func write(_ bytes: Span<UInt8>) {
    self.bytes.append(bytes)
  }

  /// Everything written so far as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
