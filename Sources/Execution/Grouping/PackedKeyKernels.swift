import ColumnStore

extension PackedKeys {
  /// Writes the words of some rows, a row's words side by side, to `target`, which has place for `width` words a row.
  ///
  /// - Parameter columns: one per field, holding values of the field's domain.
  func pack(_ columns: [Column], _ rows: Range<Int>, into target: UnsafeMutablePointer<UInt64>) {
    target.update(repeating: 0, count: rows.count * width)
    for (field, column) in zip(fields, columns) { pack(column, field, rows, target) }
  }

  private func pack(_ column: Column, _ field: Field, _ rows: Range<Int>, _ target: UnsafeMutablePointer<UInt64>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= column.count)
    let validity = column.validity
    switch column.data {
    case .boolean(let bits): add(field, rows, validity, target) { bits[$0] ? 1 : 0 }
    case .integer8(let values): add(values, field, rows, validity, target)
    case .integer16(let values): add(values, field, rows, validity, target)
    case .integer32(let values), .date(let values): add(values, field, rows, validity, target)
    case .integer64(let values), .decimal64(let values), .time(let values), .timestamp(let values):
      add(values, field, rows, validity, target)
    case .double(let values):
      let values = values.pointer
      add(field, rows, validity, target) { values[$0].orderedBits }
    case .codes8(let codes, _): add(codes, field, rows, validity, target)
    case .codes16(let codes, _): add(codes, field, rows, validity, target)
    case .codes32(let codes, _): add(codes, field, rows, validity, target)
    case .decimal128, .interval, .counts, .views, .lists: preconditionFailure("such a column has no words")
    }
  }

  @inline(__always)
  private func add<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<Number>, _ field: Field, _ rows: Range<Int>, _ validity: Bitmap?,
    _ target: UnsafeMutablePointer<UInt64>
  ) {
    let values = values.pointer
    add(field, rows, validity, target) { Int64(truncatingIfNeeded: values[$0]) }
  }

  @inline(__always)
  private func add(
    _ field: Field, _ rows: Range<Int>, _ validity: Bitmap?, _ target: UnsafeMutablePointer<UInt64>,
    _ value: (Int) -> Int64
  ) {
    let (first, width, count) = (rows.lowerBound, width, rows.count)
    let (lowest, limit, shift) = (field.lowest, field.limit, UInt64(field.shift))
    let words = target + field.word
    // The statistics say that every value is in range; the minimum makes it so whatever they say.
    guard let validity else {
      if width == 1 {
        for row in 0..<count { words[row] |= min(UInt64(bitPattern: value(first + row) &- lowest), limit) &<< shift }
      } else {
        for row in 0..<count {
          words[row * width] |= min(UInt64(bitPattern: value(first + row) &- lowest), limit) &<< shift
        }
      }
      return
    }
    let null = (field.nullCode ?? 0) &<< shift
    for row in 0..<count {
      let code = min(UInt64(bitPattern: value(first + row) &- lowest), limit) &<< shift
      words[row * width] |= validity[first + row] ? code : null
    }
    guard let flag = field.flag else { return }
    let flags = target + flag.word
    for row in 0..<count where !validity[first + row] { flags[row * width] |= 1 &<< UInt64(flag.shift) }
  }

  /// The hash of a row's words.
  @inline(__always)
  static func hash(_ words: UnsafePointer<UInt64>, width: Int) -> UInt64 {
    var hash = hashWord(words[0])
    for word in 1..<width { hash = combineHashes(hash, words[word]) }
    return hash
  }
}

extension PackedKeys.Field {
  /// The code among a row's words; nil for NULL.
  @inline(__always)
  func code(_ words: UnsafePointer<UInt64>) -> UInt64? {
    if let flag, words[flag.word] &>> UInt64(flag.shift) & 1 == 1 { return nil }
    let code = words[word] &>> UInt64(shift) & mask
    return code == nullCode ? nil : code
  }
}
