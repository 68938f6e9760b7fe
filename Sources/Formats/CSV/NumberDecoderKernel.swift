import CScan
import ColumnStore

extension ColumnChunk {
  /// Decodes whole numbers into a buffer of their width; false when a value does not fit.
  func decodeIntegers<Number: FixedWidthInteger>(_ worker: ColumnWorker, as _: Number.Type) -> Bool {
    let target = worker.sink.values.base.assumingMemoryBound(to: Number.self) + firstRow
    var nulls = BitWriter(worker.sink.nulls)
    let isDeclared = worker.sink.plan.isDeclared
    // What is nothing but up to eight digits is read many at a time.
    let short = MutableBuffer<UInt32>(count: rowCount + 8)
    let others = MutableBitmap(count: rowCount)
    let range = UnsafeRawPointer(spans).withMemoryRebound(to: UInt64.self, capacity: rowCount) {
      cscan_digits(scanLevel, base, $0, rowCount, short.pointer, others.words.pointer)
    }
    guard Number(exactly: range.high) != nil else { return false }
    var low = range.low <= range.high ? Int64(range.low) : .max
    var high = range.low <= range.high ? Int64(range.high) : .min
    for row in 0..<rowCount { target[row] = Number(truncatingIfNeeded: short.pointer[row]) }
    for place in others.frozen().trueIndices() {
      let row = Int(place)
      let span = spans[row]
      let count = span.length
      let text = bytes(span)
      var value: Int64
      if count &- 9 < 8, text[0] != 0x30, let upper = shortDigits(text, count - 8),
        let lower = eightDigits(text + (count - 8))
      {
        value = Int64(truncatingIfNeeded: upper &* 100_000_000 &+ lower)
      } else {
        let number = slowNumber(span, row, worker, lenient: isDeclared)
        if number.kind == .none {
          nulls.set(firstRow + row)
          continue
        }
        guard number.isWhole, number.kind != .figureInteger || isDeclared else {
          if isDeclared {
            reject(span, row, worker)
            nulls.set(firstRow + row)
            continue
          }
          return false
        }
        if number.hasRemark { note(span, row, Double(number.integer), worker) }
        value = number.integer
      }
      guard let stored = Number(exactly: value) else { return false }
      target[row] = stored
      if value < low { low = value }
      if value > high { high = value }
    }
    nulls.finish()
    worker.nullCount += nulls.count
    if low <= high {
      worker.summary.include(low)
      worker.summary.include(high)
      let isLong = low <= -1_000_000_000_000_000 || high >= 1_000_000_000_000_000
      worker.summary.kinds.insert(isLong ? [.integer, .longInteger] : .integer)
      if triesComma, isLong { worker.summary.kinds.insert(.commaUnfit) }
    }
    return true
  }

  /// What a value is that is not plain digits. The kind is `.none` for NULL; a text gives `.special`, which is not whole.
  @inline(never)
  func slowNumber(_ span: FieldSpan, _ row: Int, _ worker: ColumnWorker, lenient: Bool) -> FigureReading {
    if isNull(span, worker) { return FigureReading() }
    var reading = readFigure(bytes(span), span.length, decimal: decimal ?? ColumnSummary.point, lenient: lenient)
    if reading.kind == .none { reading.kind = .special }
    return reading
  }

  /// Whether a value stands for NULL in a column that is not text: a marker, also with spaces around, or only spaces.
  func isNull(_ span: FieldSpan, _ worker: ColumnWorker) -> Bool {
    var start = 0
    var end = span.length
    let text = bytes(span)
    var marker = markers.index(text, end)
    if marker < 0 {
      while start < end, text[start] == 0x20 { start += 1 }
      while end > start, text[end - 1] == 0x20 { end -= 1 }
      marker = markers.index(text + start, end - start)
    }
    if marker < 0 { return false }
    worker.markerCounts[marker] += 1
    return true
  }

  /// Decodes numbers with decimals; false when a value is none.
  func decodeDoubles(_ worker: ColumnWorker) -> Bool {
    let target = worker.sink.values.base.assumingMemoryBound(to: Double.self) + firstRow
    var nulls = BitWriter(worker.sink.nulls)
    let isDeclared = worker.sink.plan.isDeclared
    let point = decimal ?? ColumnSummary.point
    // What is nothing but a few digits and a point is read many at a time.
    let others = MutableBitmap(count: rowCount)
    UnsafeRawPointer(spans).withMemoryRebound(to: UInt64.self, capacity: rowCount) {
      cscan_decimals(scanLevel, base, $0, rowCount, point, target, others.words.pointer)
    }
    for place in others.frozen().trueIndices() {
      let row = Int(place)
      let span = spans[row]
      if let value = plainDouble(bytes(span), span.length, point: point) {
        target[row] = value
        continue
      }
      let number = slowNumber(span, row, worker, lenient: isDeclared)
      switch number.kind {
      case .none:
        nulls.set(firstRow + row)
        continue
      case .integer, .double: break
      case .special where number.double != 0: worker.summary.kinds.insert(.special)
      case .longInteger where isDeclared, .figureInteger where isDeclared, .figureDouble where isDeclared:
        if number.hasRemark { note(span, row, number.asDouble, worker) }
      default:
        if !isDeclared { return false }
        reject(span, row, worker)
        nulls.set(firstRow + row)
        continue
      }
      target[row] = number.asDouble
    }
    nulls.finish()
    worker.nullCount += nulls.count
    worker.summary.kinds.formUnion(triesComma ? [.double, .commaUnfit] : .double)
    return true
  }

  /// Decodes published numbers and keeps their remarks; false when a value is no number.
  func decodeFigures(_ worker: ColumnWorker, whole: Bool, decimal: UInt8) -> Bool {
    let integers = worker.sink.values.base.assumingMemoryBound(to: Int64.self) + firstRow
    let doubles = worker.sink.values.base.assumingMemoryBound(to: Double.self) + firstRow
    var nulls = BitWriter(worker.sink.nulls)
    var found: [(span: FieldSpan, row: Int, figure: Double)] = []
    var summary = ColumnSummary()
    for row in 0..<rowCount {
      let span = spans[row]
      let number = readFigure(bytes(span), span.length, decimal: decimal)
      switch number.kind {
      case .none, .special:
        if !isNull(span, worker) { return false }
        nulls.set(firstRow + row)
        continue
      case .longInteger where !whole: return false
      case .integer, .longInteger, .figureInteger:
        summary.include(number.integer)
        if whole { integers[row] = number.integer } else { doubles[row] = Double(number.integer) }
      case .double, .figureDouble:
        if whole { return false }
        doubles[row] = number.double
      }
      if number.hasRemark { found.append((span, row, number.asDouble)) }
      summary.kinds.insert(number.isWhole ? .figureInteger : .figureDouble)
      if decimal == ColumnSummary.comma {
        summary.kinds.formUnion(number.isWhole ? .commaNeeded : [.commaNeeded, .commaDouble])
      } else if triesComma {
        let other = readFigure(bytes(span), span.length, decimal: ColumnSummary.comma)
        if other.kind == .none { summary.kinds.insert(.commaUnfit) }
      }
    }
    nulls.finish()
    worker.nullCount += nulls.count
    worker.summary.merge(summary)
    for item in found { note(item.span, item.row, item.figure, worker) }
    return true
  }

  func note(_ span: FieldSpan, _ row: Int, _ figure: Double, _ worker: ColumnWorker) {
    worker.remarks.append(Remark(row: firstRow + row, column: worker.column, text: text(span), figure: figure))
  }

  func reject(_ span: FieldSpan, _ row: Int, _ worker: ColumnWorker) {
    worker.rejects.append(
      Reject(
        row: firstRow + row, column: worker.column, text: text(span),
        reason: .notOfType(worker.sink.plan.reading.type)))
  }
}
