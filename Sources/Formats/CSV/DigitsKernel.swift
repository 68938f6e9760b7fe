import ColumnStore

extension ColumnChunk {
  /// The value of 1 to 8 digits without a leading zero; nil for anything else.
  @inline(__always)
  func shortDigits(_ text: UnsafePointer<UInt8>, _ count: Int) -> UInt64? {
    if text[0] == 0x30, count > 1 { return nil }
    let shift = UInt64(truncatingIfNeeded: 64 &- count &* 8)
    let word = UnsafeRawPointer(text).loadUnaligned(as: UInt64.self) &<< shift
    return EightDigits.number(word ^ (EightDigits.zeros &<< shift))
  }

  @inline(__always)
  func eightDigits(_ text: UnsafePointer<UInt8>) -> UInt64? {
    EightDigits.number(UnsafeRawPointer(text).loadUnaligned(as: UInt64.self) ^ EightDigits.zeros)
  }

  /// A number of the form `123.456` of at most 15 digits, which the arithmetic below gives exactly.
  @inline(__always)
  func plainDouble(_ text: UnsafePointer<UInt8>, _ count: Int, point: UInt8) -> Double? {
    guard count >= 3, count <= 16, text[0] != 0x30 || text[1] == point else { return nil }
    let raw = UnsafeRawPointer(text)
    let head = raw.loadUnaligned(as: UInt64.self)
    // Two words of eight characters, the last character highest, as bytes 0 to 9.
    var upper: UInt64 = 0
    var lower: UInt64
    if count <= 8 {
      let shift = UInt64(truncatingIfNeeded: 64 &- count &* 8)
      lower = (head &<< shift) ^ (EightDigits.zeros &<< shift)
    } else {
      let shift = UInt64(truncatingIfNeeded: 128 &- count &* 8)
      lower = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self) ^ EightDigits.zeros
      upper = count == 16 ? head ^ EightDigits.zeros : (head &<< shift) ^ (EightDigits.zeros &<< shift)
    }
    // The bytes that are no digits: one, the point. What stands before it moves up by one.
    let lowerOdd = oddBytes(lower)
    let upperOdd = oddBytes(upper)
    let behind: Int
    if upperOdd == 0 {
      guard lowerOdd != 0, lowerOdd & (lowerOdd &- 1) == 0 else { return nil }
      behind = lowerOdd.leadingZeroBitCount &>> 3
      lower = closingUp(lower, at: lowerOdd) | upper &>> 56
      upper &<<= 8
    } else {
      guard lowerOdd == 0, upperOdd & (upperOdd &- 1) == 0 else { return nil }
      behind = upperOdd.leadingZeroBitCount &>> 3 &+ 8
      upper = closingUp(upper, at: upperOdd)
    }
    guard text[count &- behind &- 1] == point, behind > 0, behind &+ 1 < count else { return nil }
    let mantissa = EightDigits.sum(upper) &* 100_000_000 &+ EightDigits.sum(lower)
    return Double(mantissa) / powerOfTen(behind)
  }

  /// A word without the byte whose top bit is given; the bytes before it move up.
  @inline(__always)
  private func closingUp(_ word: UInt64, at bit: UInt64) -> UInt64 {
    let first = bit &>> 7
    let before = first &- 1
    let behind = ~(before | (first &* 0xFF))
    return ((word & before) &<< 8) | (word & behind)
  }

  /// The top bit of every byte that is above 9.
  @inline(__always)
  private func oddBytes(_ word: UInt64) -> UInt64 {
    (word | ((word & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080
  }
}

@inline(__always)
private func powerOfTen(_ exponent: Int) -> Double {
  switch exponent {
  case 1: 1e1
  case 2: 1e2
  case 3: 1e3
  case 4: 1e4
  case 5: 1e5
  case 6: 1e6
  case 7: 1e7
  case 8: 1e8
  case 9: 1e9
  case 10: 1e10
  case 11: 1e11
  case 12: 1e12
  case 13: 1e13
  case 14: 1e14
  default: 1e15
  }
}
