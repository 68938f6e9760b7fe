import Formats

/// Hands on the rows of formats for programs as a terminal may show them: what could move the cursor or hide text is
/// escaped. Formats for readers do that themselves, and have colours.
///
/// Pieces are whole rows, as those formats write them.
final class VisibleSink: ByteSink {
  private let sink: any ByteSink

  init(_ sink: any ByteSink) { self.sink = sink }

  func write(_ bytes: Span<UInt8>) throws {
    var piece: [UInt8] = []
    piece.reserveCapacity(bytes.count)
    for index in bytes.indices { piece.append(bytes[index]) }
    try sink.write(visibleLines(String(decoding: piece, as: UTF8.self)))
  }
}
