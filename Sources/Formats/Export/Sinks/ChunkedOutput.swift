/// Collects texts into pieces that are worth handing to a sink.
struct ChunkedOutput {
  private let sink: any ByteSink
  private var pending: [UInt8] = []

  init(_ sink: any ByteSink) { self.sink = sink }

  mutating func write(_ text: String) throws {
    pending.append(contentsOf: text.utf8)
    if pending.count >= 64 << 10 { try flush() }
  }

  mutating func flush() throws {
    if !pending.isEmpty { try sink.write(pending) }
    pending.removeAll(keepingCapacity: true)
  }
}
