import ColumnStore

/// The bytes of values of fixed width.
///
/// `@unchecked Sendable`: they are only read, and whoever has the pointer holds the columns whose they are.
struct RawValues: @unchecked Sendable {
  let pointer: UnsafeRawPointer
  let width: Int

  /// Nil for values that are more than their bytes, or less than one. The pointer is good as long as the data is held.
  init?(_ data: ColumnData) {
    switch data {
    case .integer8(let values): self.init(values)
    case .integer16(let values): self.init(values)
    case .integer32(let values), .date(let values): self.init(values)
    case .integer64(let values), .decimal64(let values), .time(let values), .timestamp(let values): self.init(values)
    case .double(let values): self.init(values)
    case .decimal128(let values): self.init(values)
    case .interval(let values): self.init(values)
    case .counts(let values): self.init(values)
    case .boolean, .codes8, .codes16, .codes32, .views, .lists: return nil
    }
  }

  private init<Value: BitwiseCopyable & Sendable>(_ values: Buffer<Value>) {
    pointer = UnsafeRawPointer(values.pointer)
    width = MemoryLayout<Value>.stride
  }
}

extension ColumnData {
  /// The same kind of values, taken from a block of bytes.
  func holding(_ memory: Memory, count: Int) -> ColumnData {
    switch self {
    case .integer8: .integer8(Buffer(memory: memory, count: count))
    case .integer16: .integer16(Buffer(memory: memory, count: count))
    case .integer32: .integer32(Buffer(memory: memory, count: count))
    case .integer64: .integer64(Buffer(memory: memory, count: count))
    case .double: .double(Buffer(memory: memory, count: count))
    case .decimal64: .decimal64(Buffer(memory: memory, count: count))
    case .decimal128: .decimal128(Buffer(memory: memory, count: count))
    case .date: .date(Buffer(memory: memory, count: count))
    case .time: .time(Buffer(memory: memory, count: count))
    case .timestamp: .timestamp(Buffer(memory: memory, count: count))
    case .interval: .interval(Buffer(memory: memory, count: count))
    case .counts: .counts(Buffer(memory: memory, count: count))
    case .boolean, .codes8, .codes16, .codes32, .views, .lists:
      preconditionFailure("such values have no fixed width")
    }
  }
}
