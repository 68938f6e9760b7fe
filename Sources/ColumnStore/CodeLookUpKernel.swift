extension Column {
  /// For each row of a dictionary column the bit that stands at its code; for a row without a value `ofNull`. The bits
  /// must be as many as the dictionary's entries.
  public func lookUp(_ bits: Bitmap, ofNull: Bool) -> Bitmap {
    let result: MutableBitmap
    switch data {
    case .codes8(let codes, _): result = bitsOfCodes(codes, bits)
    case .codes16(let codes, _): result = bitsOfCodes(codes, bits)
    case .codes32(let codes, _): result = bitsOfCodes(codes, bits)
    default: preconditionFailure("only a dictionary column has codes")
    }
    return withNulls(result.frozen(), ofNull)
  }

  /// For each row of a dictionary column whether its code is a certain one; for a row without a value `ofNull`.
  public func lookUp(code: Int, ofNull: Bool) -> Bitmap {
    switch data {
    case .codes8(let codes, _): withNulls(codes.equal(to: UInt8(truncatingIfNeeded: code)), ofNull)
    case .codes16(let codes, _): withNulls(codes.equal(to: UInt16(truncatingIfNeeded: code)), ofNull)
    case .codes32(let codes, _): withNulls(codes.equal(to: UInt32(truncatingIfNeeded: code)), ofNull)
    default: preconditionFailure("only a dictionary column has codes")
    }
  }

  private func withNulls(_ found: Bitmap, _ ofNull: Bool) -> Bitmap {
    guard let validity else { return found }
    return ofNull ? found.combined(with: validity) { $0 & $1 | ~$1 } : found.combined(with: validity, &)
  }
}

private func bitsOfCodes<Code: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(
  _ codes: Buffer<Code>, _ bits: Bitmap
) -> MutableBitmap {
  let result = MutableBitmap(count: codes.count)
  let words = bits.words.pointer
  for word in 0..<Bitmap.wordCount(codes.count) {
    let first = codes.pointer + word << 6
    let count = min(64, codes.count - word << 6)
    var highest: Code = 0
    for index in 0..<count { highest = max(highest, first[index]) }
    precondition(Int(highest) < bits.count, "code without an entry")
    var found: UInt64 = 0
    for index in 0..<count {
      let code = UInt64(truncatingIfNeeded: first[index])
      let bit = words[Int(truncatingIfNeeded: code >> 6)] >> (code & 63) & 1
      found |= bit << UInt64(truncatingIfNeeded: index)
    }
    result.words.pointer[word] = found
  }
  return result
}
