/// The smallest and largest value where validity says that there is one.
func rangeOfValues<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
  _ values: Buffer<Number>, _ validity: Bitmap?
) -> ClosedRange<Int64>? {
  var low = Number.max
  var high = Number.min
  var any = false
  if let validity {
    precondition(validity.count == values.count)
    for word in 0..<Bitmap.wordCount(values.count) {
      let bits = validity.maskedWord(word)
      if bits == 0 { continue }
      any = true
      let first = word << 6
      if bits == .max {
        for index in first..<first + 64 {
          low = min(low, values.pointer[index])
          high = max(high, values.pointer[index])
        }
      } else {
        var rest = bits
        while rest != 0 {
          let value = values.pointer[first + rest.trailingZeroBitCount]
          low = min(low, value)
          high = max(high, value)
          rest &= rest &- 1
        }
      }
    }
  } else {
    any = values.count > 0
    for index in 0..<values.count {
      low = min(low, values.pointer[index])
      high = max(high, values.pointer[index])
    }
  }
  return any ? Int64(truncatingIfNeeded: low)...Int64(truncatingIfNeeded: high) : nil
}
