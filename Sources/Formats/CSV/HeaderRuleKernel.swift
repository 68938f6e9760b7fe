import ColumnStore

/// Decides whether a file's first record names the columns.
///
/// - One record alone is a header.
/// - A first record with a number, date or truth value is no header, except years above columns that hold no years.
/// - A first record of texts above a column of values is a header.
/// - Where everything is text, it is one when its texts are distinct and none stands again in its column.
struct HeaderRule {
  let sample: Sample
  let options: LoadOptions

  var hasHeader: Bool {
    let records = sample.records
    guard let first = records.first else { return false }
    if records.count == 1 { return true }
    let below = records.dropFirst()
    var isValueBelow = false
    var years = 0
    for (column, cell) in first.enumerated() {
      let values = below.compactMap { column < $0.count ? $0[column] : nil }
      let reading = summary(values).reading(decimal: options.decimal)
      let isValueColumn = reading != .text && reading != .nothing
      if isValueColumn { isValueBelow = true }
      if reads(cell) {
        let isYear = isYearText(cell) && isValueColumn && !values.contains(where: isYearText)
        if !isYear { return false }
        years += 1
      }
    }
    if years > 0 { return first.count > years || years > 1 }
    if isValueBelow { return true }
    let names = first.filter { !$0.isEmpty }.map { $0.trimmed.lowercased() }
    guard Set(names).count == names.count else { return false }
    return !first.indices.contains { column in
      !first[column].isEmpty && below.contains { column < $0.count && $0[column] == first[column] }
    }
  }

  private func reads(_ cell: String) -> Bool {
    let reading = summary([cell]).reading(decimal: options.decimal)
    return reading != .text && reading != .nothing
  }

  private func isYearText(_ text: String) -> Bool {
    guard text.utf8.count == 4, let year = Int(text) else { return false }
    return (1800...2199).contains(year)
  }

  private func summary(_ values: [String]) -> ColumnSummary {
    CalendarTable.with { calendar in
      let classifier = ValueClassifier(
        markers: NullMarkers(options.nulls), decimal: options.decimal,
        triesComma: options.decimal == ColumnSummary.comma,
        calendar: calendar)
      var summary = ColumnSummary()
      for value in values {
        var padded = Array(value.utf8)
        let count = padded.count
        padded.append(contentsOf: repeatElement(0, count: 64))
        padded.withUnsafeBufferPointer { buffer in
          if let base = buffer.baseAddress { classifier.classify(base, count, into: &summary) }
        }
      }
      return summary
    }
  }
}
