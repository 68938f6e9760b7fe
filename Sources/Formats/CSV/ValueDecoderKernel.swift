import ColumnStore

/// Values of types that are prescribed, never found out: decimals, times, lengths of time,
/// counts with bounds, lists. Their texts are read
/// one by one; what does not read is rejected.
extension ColumnChunk {
  /// Decodes values of 16 bytes.
  func decodeWideValues(_ worker: ColumnWorker, as type: DataType) {
    let values = worker.sink.values.base
    switch type {
    case .interval:
      let target = values.assumingMemoryBound(to: Interval.self) + firstRow
      decode(worker, as: type) { row, value in if case .interval(let interval) = value { target[row] = interval } }
    case .count:
      let target = values.assumingMemoryBound(to: BoundedCount.self) + firstRow
      decode(worker, as: type) { row, value in if case .count(let count) = value { target[row] = count } }
    default:
      let target = values.assumingMemoryBound(to: Int128.self) + firstRow
      decode(worker, as: type) { row, value in if case .decimal(let number) = value { target[row] = number.units } }
    }
  }

  /// Decodes values of 8 bytes.
  func decodeNarrowValues(_ worker: ColumnWorker, as type: DataType) {
    let target = worker.sink.values.base.assumingMemoryBound(to: Int64.self) + firstRow
    decode(worker, as: type) { row, value in
      switch value {
      case .decimal(let number): target[row] = Int64(truncatingIfNeeded: number.units)
      case .time(let microseconds): target[row] = microseconds
      default: break
      }
    }
  }

  private func decode(_ worker: ColumnWorker, as type: DataType, _ store: (Int, Value) -> Void) {
    var nulls = BitWriter(worker.sink.nulls)
    for row in 0..<rowCount {
      let span = spans[row]
      if isNull(span, worker) {
        nulls.set(firstRow + row)
      } else if let value = value(span, row, worker, as: type) {
        store(row, value)
      } else {
        reject(span, row, worker)
        nulls.set(firstRow + row)
      }
    }
    nulls.finish()
    worker.nullCount += nulls.count
  }

  private func value(_ span: FieldSpan, _ row: Int, _ worker: ColumnWorker, as type: DataType) -> Value? {
    var bytes = text(span)
    let point = worker.sink.plan.decimal
    if case .decimal = type, point != ColumnSummary.point {
      // With another decimal separator a point is none.
      bytes = bytes.map { $0 == point ? ColumnSummary.point : $0 == ColumnSummary.point ? UInt8(ascii: "_") : $0 }
    }
    if let value = TextParsing.value(String(decoding: bytes, as: UTF8.self)[...], as: type) {
      if case .count(let count) = value, let number = count.exact, bytes.contains(UInt8(ascii: "*")) {
        note(span, row, Double(number), worker)
      }
      return value
    }
    guard case .decimal(let precision, let scale) = type else { return nil }
    // A published number: grouped, in per cent, or with a remark.
    let figure = readFigure(self.bytes(span), span.length, decimal: point, lenient: true)
    guard figure.kind != .none, figure.kind != .special else { return nil }
    let number =
      figure.isWhole
      ? Decimal(units: Int128(figure.integer), scale: 0).rescaled(precision: precision, scale: scale)
      : Decimal(Value.double(figure.asDouble).description[...], precision: precision, scale: scale)
    if number != nil, figure.hasRemark { note(span, row, figure.asDouble, worker) }
    return number.map { .decimal($0) }
  }
}

extension ColumnFinish {
  /// Lists made of the texts of a column; a text that is none is rejected.
  func lists(_ texts: Column, of element: DataType) -> Column {
    var builder = ColumnBuilder(type: .list(element), capacity: texts.count)
    for row in 0..<texts.count {
      let text = texts.withText(row) { Array($0) }
      guard let text else {
        builder.append(.null)
        continue
      }
      if let items = TextParsing.list(String(decoding: text, as: UTF8.self)[...], of: element) {
        builder.append(.list(items, of: element))
      } else {
        builder.append(.null)
        shares.first?.rejects.append(
          Reject(row: row, column: shares[0].column, text: text, reason: .notOfType(.list(element))))
      }
    }
    return builder.finish()
  }
}
