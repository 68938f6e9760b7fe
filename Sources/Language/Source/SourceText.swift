/// A text that was typed or read from a file, with the name under which errors speak of it.
///
/// Offsets count UTF-8 bytes. Bytes that are not valid UTF-8 are kept as they are, so that offsets stay true.
public struct SourceText: Sendable, Equatable {
  /// The name shown in errors: a path such as `report.nbk`, or `<input>`.
  public let name: String
  /// The text as UTF-8 bytes.
  public let utf8: [UInt8]
  /// The offset of the first byte of every line; never empty.
  private let lineStarts: [Int]

  /// Takes a text; a byte-order mark at its start is treated as a space.
  public init(name: String = "<input>", text: String) {
    self.init(name: name, utf8: Array(text.utf8))
  }

  /// Takes bytes that should be UTF-8. Costs one pass to find the lines.
  public init(name: String = "<input>", utf8: [UInt8]) {
    self.name = name
    self.utf8 = utf8
    var starts = [0]
    for (offset, byte) in utf8.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  /// How many lines the text has; at least one.
  public var lineCount: Int { lineStarts.count }

  /// Line and column of a byte offset, both counted from 1, the column in characters as a reader counts them.
  /// An offset outside the text is moved to its nearest end.
  public func location(of offset: Int) -> (line: Int, column: Int) {
    let offset = clamped(offset)
    let line = lineIndex(of: offset)
    let before = String(decoding: utf8[lineStarts[line]..<offset], as: UTF8.self)
    return (line + 1, before.count + 1)
  }

  /// The span of the line that holds `offset`, without its line end.
  public func lineSpan(of offset: Int) -> SourceSpan {
    let line = lineIndex(of: clamped(offset))
    let start = lineStarts[line]
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : utf8.count
    if end > start, utf8[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return SourceSpan(start: start, end: end)
  }

  /// The text of a span; parts of the span outside the text are left out, invalid bytes become U+FFFD.
  public func text(_ span: SourceSpan) -> String {
    String(decoding: utf8[clamped(span.start)..<clamped(span.end)], as: UTF8.self)
  }

  private func clamped(_ offset: Int) -> Int { min(max(0, offset), utf8.count) }

  /// Binary search for the last line that starts at or before `offset`.
  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
