import ColumnStore

extension Column {
  /// Doubles worked out one after the other; nil is NULL.
  @inline(__always)
  init(doubles count: Int, _ value: (Int) -> Double?) {
    let values = MutableBuffer<Double>(count: count)
    let validity = MutableBitmap(count: count)
    for index in 0..<count {
      let known = value(index)
      values.pointer[index] = known ?? 0
      if known != nil { validity.set(index) }
    }
    self.init(type: .double, data: .double(values.frozen()), validity: validity.frozenValidity())
  }

  /// Integers worked out one after the other, stored in as few bits as they need; nil is NULL.
  @inline(__always)
  init(integers count: Int, _ value: (Int) throws -> Int64?) rethrows {
    let values = MutableBuffer<Int64>(count: count)
    let validity = MutableBitmap(count: count)
    for index in 0..<count {
      let known = try value(index)
      values.pointer[index] = known ?? 0
      if known != nil { validity.set(index) }
    }
    self.init(type: .integer, data: ColumnData(narrowing: values.frozen()), validity: validity.frozenValidity())
  }
}

extension ColumnData {
  /// Values of a type whose order is that of whole numbers of 64 bits, from these numbers.
  init(keys: Buffer<Int64>, type: DataType) {
    switch type {
    case .boolean: self = .boolean(packBits(keys.count) { keys.pointer[$0] == 1 })
    case .date:
      let days = MutableBuffer<Int32>(count: keys.count)
      for index in 0..<keys.count { days.pointer[index] = Int32(truncatingIfNeeded: keys.pointer[index]) }
      self = .date(days.frozen())
    case .time: self = .time(keys)
    case .timestamp: self = .timestamp(keys)
    case .decimal: self = .decimal64(keys)
    case .double:
      let doubles = MutableBuffer<Double>(count: keys.count)
      for index in 0..<keys.count { doubles.pointer[index] = Double(orderedBits: keys.pointer[index]) }
      self = .double(doubles.frozen())
    case .integer: self = .init(narrowing: keys)
    case .text, .interval, .count, .list: preconditionFailure("such values are no numbers of 64 bits")
    }
  }
}
