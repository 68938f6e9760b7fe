import ColumnStore

/// The cells of some rows of one column, one after the other, and where each ends.
final class RenderedCells {
  let bytes = GrowableBytes()
  let ends: MutableBuffer<Int>

  init(rowCount: Int) { ends = MutableBuffer(count: rowCount) }
}

/// One column, ready to be written: the entries of its dictionary are encoded once, not once a row.
///
/// `@unchecked Sendable`: nothing changes after the initialiser.
final class CellEncoder: @unchecked Sendable {
  private let column: Column
  private let syntax: RowSyntax
  private let entries: RenderedCells?

  init(_ column: Column, syntax: RowSyntax) {
    self.column = column
    self.syntax = syntax
    // A large dictionary of which few rows are left is not worth encoding.
    guard let dictionary = column.dictionary, dictionary.count <= max(column.count, 256) else {
      entries = nil
      return
    }
    let entries = RenderedCells(rowCount: dictionary.count)
    self.entries = entries
    for code in 0..<dictionary.count {
      appendText(dictionary.bytes(code), to: entries.bytes)
      entries.ends[code] = entries.bytes.count
    }
  }

  /// Encodes the cells of a range of rows. The loops are one per type, so that nothing is decided per cell.
  func render(_ rows: Range<Int>, into cells: RenderedCells) {
    let out = cells.bytes
    out.count = 0
    switch column.data {
    case .boolean(let bits): forEach(rows, cells) { out.append(Array((bits[$0] ? "true" : "false").utf8)) }
    case .integer8(let values): forEach(rows, cells) { appendInteger(Int64(values[$0]), to: out) }
    case .integer16(let values): forEach(rows, cells) { appendInteger(Int64(values[$0]), to: out) }
    case .integer32(let values): forEach(rows, cells) { appendInteger(Int64(values[$0]), to: out) }
    case .integer64(let values): forEach(rows, cells) { appendInteger(values[$0], to: out) }
    case .double(let values): forEach(rows, cells) { appendFloating(values[$0], to: out) }
    case .decimal64(let values): forEach(rows, cells) { appendDecimal(Int128(values[$0]), to: out) }
    case .decimal128(let values): forEach(rows, cells) { appendDecimal(values[$0], to: out) }
    case .date(let values): forEach(rows, cells) { row in quoting(out) { appendDay(Int(values[row]), to: out) } }
    case .time(let values): forEach(rows, cells) { row in appendValue(.time(values[row]), to: out) }
    case .interval(let values): forEach(rows, cells) { row in appendValue(.interval(values[row]), to: out) }
    case .counts(let values): forEach(rows, cells) { row in appendValue(.count(values[row]), to: out) }
    case .timestamp(let values): forEach(rows, cells) { row in quoting(out) { appendInstant(values[row], to: out) } }
    case .codes8(let codes, let dictionary): renderCodes(codes, dictionary, rows, cells)
    case .codes16(let codes, let dictionary): renderCodes(codes, dictionary, rows, cells)
    case .codes32(let codes, let dictionary): renderCodes(codes, dictionary, rows, cells)
    case .views(let views, let heap):
      precondition(rows.upperBound <= views.count)
      forEach(rows, cells) { appendText(heap.bytes(at: views.pointer + $0), to: out) }
    case .lists(let lists): forEach(rows, cells) { appendList(lists[$0], to: out) }
    }
  }

  @inline(__always)
  private func forEach(_ rows: Range<Int>, _ cells: RenderedCells, _ append: (Int) -> Void) {
    let out = cells.bytes
    precondition(rows.count <= cells.ends.count)
    let ends = cells.ends.pointer
    let first = rows.lowerBound
    if let validity = column.validity {
      for row in rows {
        if validity[row] { append(row) } else { out.append(syntax.null) }
        ends[row - first] = out.count
      }
    } else {
      for row in rows {
        append(row)
        ends[row - first] = out.count
      }
    }
  }

  @inline(__always)
  private func renderCodes<Code: FixedWidthInteger>(
    _ codes: Buffer<Code>, _ dictionary: TextDictionary, _ rows: Range<Int>, _ cells: RenderedCells
  ) {
    let out = cells.bytes
    guard let entries else {
      forEach(rows, cells) { appendText(dictionary.bytes(Int(codes[$0])), to: out) }
      return
    }
    let source = entries.bytes.base
    let ends = entries.ends
    forEach(rows, cells) { row in
      let code = Int(codes[row])
      let start = code == 0 ? 0 : ends[code - 1]
      let length = ends[code] - start
      out.reserve(length)
      out.appendUnchecked(ofAnother: source + start, length)
    }
  }

  private func appendText(_ text: UnsafeBufferPointer<UInt8>, to out: GrowableBytes) {
    switch syntax.textForm {
    case .delimited(let delimiter): appendDelimited(text, delimiter: delimiter, to: out)
    case .json: appendJSON(text, to: out)
    }
  }

  private func appendFloating(_ number: Double, to out: GrowableBytes) {
    if syntax.isJSON, !number.isFinite { out.append(syntax.null) } else { appendNumber(number, to: out) }
  }

  private func appendDecimal(_ units: Int128, to out: GrowableBytes) {
    var bytes: [UInt8] = []
    Decimal(units: units, scale: column.type.scale).append(to: &bytes)
    out.append(bytes)
  }

  private func appendValue(_ value: Value, to out: GrowableBytes) {
    var bytes: [UInt8] = []
    value.appendText(to: &bytes)
    quoting(out) { out.append(bytes) }
  }

  private func appendList(_ items: [Value], to out: GrowableBytes) {
    var bytes: [UInt8] = []
    appendJSONList(items, to: &bytes)
    if syntax.isJSON { out.append(bytes) } else { bytes.withUnsafeBufferPointer { appendText($0, to: out) } }
  }

  @inline(__always)
  private func quoting(_ out: GrowableBytes, _ body: () -> Void) {
    if syntax.isJSON { out.append(UInt8(ascii: "\"")) }
    body()
    if syntax.isJSON { out.append(UInt8(ascii: "\"")) }
  }
}
