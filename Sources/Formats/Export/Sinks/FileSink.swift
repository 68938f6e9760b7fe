import Glibc

/// Writes to an open descriptor: standard output, a pipe into a command.
///
/// Small writes are collected; `flush` hands on what is left, and must be called at the end so that errors are seen.
/// The process must ignore SIGPIPE, else a broken pipe ends it before `BrokenPipe` can be thrown.
public final class FileSink: ByteSink {
  private let descriptor: Int32
  private let name: String
  private var pending: [UInt8] = []

  /// How many bytes are collected before they are written.
  private static let capacity = 64 << 10

  /// A sink over a descriptor that somebody else closes. `name` is what errors call it.
  public init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  /// A sink over the standard output.
  public static func standardOutput() -> FileSink {
    FileSink(descriptor: STDOUT_FILENO, name: "standard output")
  }

  /// Takes bytes; they may stay here until `flush`.
  public func write(_ bytes: Span<UInt8>) throws {
    if pending.count + bytes.count > FileSink.capacity { try flush() }
    if bytes.count >= FileSink.capacity {
      try writeAll(bytes, to: descriptor, name: name)
    } else {
      pending.append(bytes)
    }
  }

  /// Writes what was collected. After an error the collected bytes are dropped, so that it is reported once.
  public func flush() throws {
    defer { pending.removeAll(keepingCapacity: true) }
    if !pending.isEmpty { try writeAll(pending.span, to: descriptor, name: name) }
  }
}
