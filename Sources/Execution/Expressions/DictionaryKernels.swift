import ColumnStore

extension Column {
  /// The codes of a dictionary column, with `null` where there is no value.
  func codesWithNull(_ null: Int) -> Buffer<UInt32> {
    let result = MutableBuffer<UInt32>(count: count)
    func copy<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(_ codes: Buffer<Code>) {
      for row in 0..<codes.count { result.pointer[row] = UInt32(truncatingIfNeeded: codes.pointer[row]) }
    }
    switch data {
    case .codes8(let codes, _): copy(codes)
    case .codes16(let codes, _): copy(codes)
    case .codes32(let codes, _): copy(codes)
    default: preconditionFailure("only a dictionary column has codes")
    }
    if let validity {
      for row in 0..<count where !validity[row] { result.pointer[row] = UInt32(truncatingIfNeeded: null) }
    }
    return result.frozen()
  }
}
