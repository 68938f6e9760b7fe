import ColumnStore
import Execution
import Formats

/// Hands bytes on until somebody presses Ctrl-C: writing a long result stops as computing one does.
final class InterruptibleSink: ByteSink {
  private let sink: any ByteSink
  private let isInterrupted: @Sendable () -> Bool

  init(_ sink: any ByteSink, isInterrupted: @escaping @Sendable () -> Bool) {
    self.sink = sink
    self.isInterrupted = isInterrupted
  }

  /// Throws `ExecutionError.cancelled` once somebody has pressed Ctrl-C.
  func write(_ bytes: Span<UInt8>) throws {
    if isInterrupted() { throw ExecutionError.cancelled }
    try sink.write(bytes)
  }
}
