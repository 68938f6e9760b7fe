import ColumnStore

extension ColumnChunk {
  /// Decodes `true` and `false` into bits; false when a value is neither.
  func decodeBooleans(_ worker: ColumnWorker) -> Bool {
    var trues = BitWriter(words: worker.sink.values.base.assumingMemoryBound(to: UInt64.self))
    var nulls = BitWriter(worker.sink.nulls)
    for row in 0..<rowCount {
      let span = spans[row]
      let count = span.length
      let text = bytes(span)
      let word = UnsafeRawPointer(text).loadUnaligned(as: UInt32.self) | 0x2020_2020
      if count == 4, word == 0x6575_7274 {
        trues.set(firstRow + row)
      } else if count == 5, word == 0x736C_6166, text[4] | 0x20 == UInt8(ascii: "e") {
        continue
      } else if isNull(span, worker) {
        nulls.set(firstRow + row)
      } else {
        switch looseBoolean(text, count, isDeclared: worker.sink.plan.isDeclared) {
        case true?: trues.set(firstRow + row)
        case false?: break
        case nil:
          if !worker.sink.plan.isDeclared { return false }
          reject(span, row, worker)
          nulls.set(firstRow + row)
        }
      }
    }
    trues.finish()
    nulls.finish()
    worker.nullCount += nulls.count
    worker.summary.kinds.insert(.boolean)
    return true
  }

  /// With spaces around; in a declared column also `t f yes no y n 1 0`.
  private func looseBoolean(_ text: UnsafePointer<UInt8>, _ count: Int, isDeclared: Bool) -> Bool? {
    var start = 0
    var end = count
    while start < end, text[start] == 0x20 { start += 1 }
    while end > start, text[end - 1] == 0x20 { end -= 1 }
    let word = text + start
    let length = end - start
    if equalsIgnoringCase(word, length, "true") { return true }
    if equalsIgnoringCase(word, length, "false") { return false }
    guard isDeclared else { return nil }
    if length == 1, word[0] == UInt8(ascii: "1") { return true }
    if length == 1, word[0] == UInt8(ascii: "0") { return false }
    if equalsIgnoringCase(word, length, "t") || equalsIgnoringCase(word, length, "y")
      || equalsIgnoringCase(word, length, "yes")
    {
      return true
    }
    if equalsIgnoringCase(word, length, "f") || equalsIgnoringCase(word, length, "n")
      || equalsIgnoringCase(word, length, "no")
    {
      return false
    }
    return nil
  }

  /// Decodes days; false when a value is none.
  func decodeDates(_ worker: ColumnWorker) -> Bool {
    let target = worker.sink.values.base.assumingMemoryBound(to: Int32.self) + firstRow
    var nulls = BitWriter(worker.sink.nulls)
    for row in 0..<rowCount {
      let span = spans[row]
      if span.length == 10, let days = calendar.days(bytes(span)) {
        target[row] = days
      } else if isNull(span, worker) {
        nulls.set(firstRow + row)
      } else {
        let (text, count) = trimmed(span)
        if count == 10, let days = calendar.days(text) {
          target[row] = days
        } else if worker.sink.plan.isDeclared {
          reject(span, row, worker)
          nulls.set(firstRow + row)
        } else {
          return false
        }
      }
    }
    nulls.finish()
    worker.nullCount += nulls.count
    worker.summary.kinds.insert(.date)
    return true
  }

  /// Decodes instants; false when a value is none. In a declared column a day is its midnight in UTC.
  func decodeTimestamps(_ worker: ColumnWorker) -> Bool {
    let target = worker.sink.values.base.assumingMemoryBound(to: Int64.self) + firstRow
    var nulls = BitWriter(worker.sink.nulls)
    for row in 0..<rowCount {
      let span = spans[row]
      if let instant = calendar.timestamp(bytes(span), span.length) {
        target[row] = instant
      } else if isNull(span, worker) {
        nulls.set(firstRow + row)
      } else {
        let (text, count) = trimmed(span)
        if let instant = calendar.timestamp(text, count) {
          target[row] = instant
        } else if worker.sink.plan.isDeclared, count == 10, let days = calendar.days(text) {
          target[row] = Int64(days) * microsecondsPerDay
        } else if worker.sink.plan.isDeclared {
          reject(span, row, worker)
          nulls.set(firstRow + row)
        } else {
          return false
        }
      }
    }
    nulls.finish()
    worker.nullCount += nulls.count
    worker.summary.kinds.insert(.timestamp)
    return true
  }

  private func trimmed(_ span: FieldSpan) -> (UnsafePointer<UInt8>, Int) {
    let text = bytes(span)
    var start = 0
    var end = span.length
    while start < end, text[start] == 0x20 { start += 1 }
    while end > start, text[end - 1] == 0x20 { end -= 1 }
    return (text + start, end - start)
  }

  /// A column that has had no value so far; false when there is one.
  func decodeNothing(_ worker: ColumnWorker) -> Bool {
    var counts = worker.markerCounts
    for row in 0..<rowCount {
      let span = spans[row]
      let marker = markers.index(bytes(span), span.length)
      if marker < 0 || (marker == 0 && span.isQuoted && !quotedEmptyIsNull) { return false }
      counts[marker] += 1
    }
    worker.markerCounts = counts
    var nulls = BitWriter(worker.sink.nulls)
    for row in 0..<rowCount { nulls.set(firstRow + row) }
    nulls.finish()
    worker.nullCount += nulls.count
    return true
  }

  /// Adds what all values are to the worker's summary, for a column whose plan has failed.
  func classify(_ worker: ColumnWorker) {
    let classifier = ValueClassifier(markers: markers, decimal: decimal, triesComma: triesComma, calendar: calendar)
    for row in 0..<rowCount {
      let span = spans[row]
      classifier.classify(bytes(span), span.length, into: &worker.summary)
      if span.length == 0, span.isQuoted, !quotedEmptyIsNull { worker.summary.hasQuotedEmpty = true }
      // Once it is text it stays text.
      if worker.summary.kinds.contains(.text), !triesComma { return }
    }
  }
}
