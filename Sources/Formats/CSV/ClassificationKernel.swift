import ColumnStore

/// Finds out what a value could be read as.
struct ValueClassifier {
  let markers: NullMarkers
  /// The prescribed decimal separator; nil when it is to be found out.
  let decimal: UInt8?
  /// Whether a decimal comma is possible at all: not where commas separate fields, unless prescribed.
  let triesComma: Bool
  let calendar: CalendarTable

  /// Adds what a value is to a summary. NULL markers and blanks add nothing.
  func classify(_ bytes: UnsafePointer<UInt8>, _ count: Int, into summary: inout ColumnSummary) {
    var start = 0
    var end = count
    while start < end, bytes[start] == 0x20 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 { end -= 1 }
    let trimmed = bytes + start
    let length = end - start
    if markers.index(trimmed, length) >= 0 || markers.index(bytes, count) >= 0 { return }

    let reading = readFigure(trimmed, length, decimal: ColumnSummary.point)
    switch reading.kind {
    case .integer: summary.kinds.insert(.integer)
    case .longInteger: summary.kinds.insert(.longInteger)
    case .double: summary.kinds.insert(.double)
    case .special: summary.kinds.insert(.special)
    case .figureInteger: summary.kinds.insert(.figureInteger)
    case .figureDouble: summary.kinds.insert(.figureDouble)
    case .none: summary.kinds.insert(otherKind(trimmed, length))
    }
    if reading.isWhole { summary.include(reading.integer) }
    if triesComma { classifyComma(trimmed, length, isPointNumber: reading.kind != .none, into: &summary) }
  }

  private func classifyComma(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, isPointNumber: Bool, into summary: inout ColumnSummary
  ) {
    let reading = readFigure(bytes, count, decimal: ColumnSummary.comma)
    switch reading.kind {
    case .none, .special, .longInteger: summary.kinds.insert(.commaUnfit)
    case .double, .figureDouble: summary.kinds.insert(.commaDouble)
    case .integer, .figureInteger: summary.include(reading.integer)
    }
    if !isPointNumber, reading.kind != .none { summary.kinds.insert(.commaNeeded) }
  }

  private func otherKind(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> ValueKinds {
    if equalsIgnoringCase(bytes, count, "true") || equalsIgnoringCase(bytes, count, "false") { return .boolean }
    if count == 10, calendar.days(bytes) != nil { return .date }
    if count >= 16, calendar.timestamp(bytes, count) != nil { return .timestamp }
    return .text
  }
}
