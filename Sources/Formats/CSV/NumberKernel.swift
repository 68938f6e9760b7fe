/// A number as people publish it.
struct FigureReading {
  enum Kind: UInt8 {
    /// No number.
    case none
    /// Digits, perhaps with a minus; at most 15 of them.
    case integer
    /// The same with 16 to 18 digits, which a double cannot hold.
    case longInteger
    /// A number with a decimal point or a signed exponent.
    case double
    /// `NaN`, `inf`.
    case special
    /// A whole number with grouped digits or a remark.
    case figureInteger
    /// A number with decimals or per cent, and grouped digits, a percent sign or a remark.
    case figureDouble
  }

  var kind = Kind.none
  var integer: Int64 = 0
  var double = 0.0
  /// Whether a mark or a bracket follows the number.
  var hasRemark = false

  /// The value in a column of doubles.
  var asDouble: Double {
    switch kind {
    case .integer, .longInteger, .figureInteger: Double(integer)
    default: double
    }
  }

  var isWhole: Bool { kind == .integer || kind == .longInteger || kind == .figureInteger }
}

private let exactPowersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]

/// Reads a number, plain or published. `decimal` is `.` or `,`; the other one groups digits by three.
///
/// Numbers: `-12`, `0.5`, `.5`, `1.5e-7`, `1e+20`, `1,334`, `38%`, `38 %`, `1*`, `12 †`, `5 (3)`, `4.5 (est.)`. Not numbers but
/// text: leading zeros, a leading plus, `-0`, `5.`, `7e10` (an exponent without sign and decimals), `(5)`, `5(3)`, `1 2`, more
/// than 18 digits, more than 15 before decimals.
///
/// `lenient` is for columns whose type was declared: leading zeros, a plus and unsigned exponents are numbers there.
func readFigure(_ bytes: UnsafePointer<UInt8>, _ count: Int, decimal: UInt8, lenient: Bool = false) -> FigureReading {
  var reading = FigureReading()
  var start = 0
  var end = count
  while start < end, bytes[start] == 0x20 { start += 1 }
  while end > start, bytes[end - 1] == 0x20 { end -= 1 }
  guard start < end else { return reading }
  var position = start
  var negative = false
  if bytes[position] == UInt8(ascii: "-") {
    negative = true
    position += 1
  } else if lenient, bytes[position] == UInt8(ascii: "+") {
    position += 1
  }
  guard position < end else { return reading }
  let first = bytes[position]
  if first > UInt8(ascii: "9") { return readSpecial(bytes + position, end - position, negative: negative) }

  // Whole digits, perhaps grouped.
  let grouping: UInt8 = decimal == UInt8(ascii: ",") ? UInt8(ascii: ".") : UInt8(ascii: ",")
  var mantissa: UInt64 = 0
  var digits = 0
  var groupLength = 0
  var grouped = false
  let digitStart = position
  while position < end {
    let byte = bytes[position]
    let digit = byte &- 0x30
    if digit < 10 {
      if digits < 19 { mantissa = mantissa &* 10 &+ UInt64(digit) }
      digits += 1
      groupLength += 1
      position += 1
    } else if byte == grouping, digits > 0, grouped ? groupLength == 3 : groupLength <= 3, position + 3 < end,
      isDigit(bytes[position + 1]), isDigit(bytes[position + 2]), isDigit(bytes[position + 3])
    {
      grouped = true
      groupLength = 0
      position += 1
    } else {
      break
    }
  }
  if grouped, groupLength != 3 { return reading }
  if !lenient || grouped, digits > 1, bytes[digitStart] == 0x30 { return reading }
  if digits > 18 { return lenient ? readLong(bytes + start, end - start, decimal: decimal) : reading }
  let wholeDigits = digits

  // Decimals.
  var fraction = 0
  var hasDecimals = false
  if position + 1 < end, bytes[position] == decimal, isDigit(bytes[position + 1]) {
    hasDecimals = true
    position += 1
    while position < end, isDigit(bytes[position]) {
      if digits < 19 { mantissa = mantissa &* 10 &+ UInt64(bytes[position] &- 0x30) }
      digits += 1
      fraction += 1
      position += 1
    }
  }
  if digits == 0 { return reading }
  let numberEnd = position

  // The exponent.
  var exponent = 0
  var hasExponent = false
  if position + 1 < end, bytes[position] | 0x20 == UInt8(ascii: "e"), !grouped {
    var at = position + 1
    let signed = bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+")
    let minus = bytes[at] == UInt8(ascii: "-")
    if signed { at += 1 }
    let exponentStart = at
    while at < end, isDigit(bytes[at]) {
      if exponent < 100_000 { exponent = exponent * 10 + Int(bytes[at] &- 0x30) }
      at += 1
    }
    guard at > exponentStart, hasDecimals || signed || lenient else { return reading }
    if minus { exponent = -exponent }
    hasExponent = true
    position = at
  }

  // Per cent, marks, a bracket.
  var percent = false
  if !hasExponent {
    var at = position
    if at < end, bytes[at] == 0x20 { at += 1 }
    if at < end, bytes[at] == UInt8(ascii: "%") {
      percent = true
      position = at + 1
    }
  }
  if position < end {
    guard let hasRemark = readRemarks(bytes + position, end - position), !hasExponent else { return reading }
    reading.hasRemark = hasRemark
  }

  let published = grouped || percent || reading.hasRemark
  if !hasDecimals, !hasExponent, !percent {
    // "-0" would lose its sign.
    if negative, mantissa == 0, !lenient { return FigureReading() }
    reading.integer = negative ? -Int64(mantissa) : Int64(mantissa)
    reading.kind = published ? .figureInteger : wholeDigits > 15 ? .longInteger : .integer
    return reading
  }
  if wholeDigits > 15, !lenient { return FigureReading() }
  let scale = exponent - fraction - (percent ? 2 : 0)
  if digits <= 19, mantissa <= 1 << 53, scale >= -22, scale <= 22 {
    let value = Double(mantissa)
    let power = exactPowersOfTen[Int(scale.magnitude)]
    reading.double = scale < 0 ? value / power : value * power
    if negative { reading.double = -reading.double }
  } else {
    guard
      let value = parseSlowly(
        bytes + digitStart, numberEnd - digitStart, decimal: decimal, exponent: exponent - (percent ? 2 : 0))
    else { return FigureReading() }
    reading.double = negative ? -value : value
  }
  reading.kind = published ? .figureDouble : .double
  return reading
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

/// Marks and a bracket behind a number: nil when something else stands there.
private func readRemarks(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool? {
  var position = 0
  var any = false
  while position < count {
    let byte = bytes[position]
    if byte == 0x20 {
      position += 1
    } else if byte == UInt8(ascii: "*") {
      any = true
      position += 1
    } else if byte == 0xE2, position + 2 < count, bytes[position + 1] == 0x80, bytes[position + 2] & 0xFE == 0xA0 {
      // † and ‡
      any = true
      position += 3
    } else if byte == 0xC2, position + 1 < count, bytes[position + 1] == 0xA7 || bytes[position + 1] == 0xB6 {
      // § and ¶
      any = true
      position += 2
    } else if byte == UInt8(ascii: "("), position > 0, bytes[position - 1] == 0x20 {
      var close = position + 1
      while close < count, bytes[close] != UInt8(ascii: ")") {
        if bytes[close] == UInt8(ascii: "(") { return nil }
        close += 1
      }
      guard close < count, close > position + 1 else { return nil }
      any = true
      position = close + 1
    } else {
      return nil
    }
  }
  return any ? true : nil
}

/// `NaN`, `inf`, `Infinity` in any case.
private func readSpecial(_ bytes: UnsafePointer<UInt8>, _ count: Int, negative: Bool) -> FigureReading {
  var reading = FigureReading()
  if count == 3, equalsIgnoringCase(bytes, 3, "nan"), !negative {
    reading.kind = .special
    reading.double = .nan
  } else if equalsIgnoringCase(bytes, count, "inf") || equalsIgnoringCase(bytes, count, "infinity") {
    reading.kind = .special
    reading.double = negative ? -.infinity : .infinity
  }
  return reading
}

/// Whether bytes spell a word, which is given in lower case.
func equalsIgnoringCase(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ word: StaticString) -> Bool {
  guard count == word.utf8CodeUnitCount else { return false }
  for index in 0..<count where bytes[index] | 0x20 != word.utf8Start[index] { return false }
  return true
}

/// Digits that do not fit the exact arithmetic above; the standard library rounds them correctly.
private func parseSlowly(_ bytes: UnsafePointer<UInt8>, _ count: Int, decimal: UInt8, exponent: Int) -> Double? {
  var text = ""
  text.reserveCapacity(count + 8)
  for index in 0..<count {
    let byte = bytes[index]
    if isDigit(byte) {
      text.unicodeScalars.append(Unicode.Scalar(byte))
    } else if byte == decimal {
      if text.isEmpty { text = "0" }
      text += "."
    }
  }
  guard let value = Double(text + "e\(exponent)"), value.isFinite else { return nil }
  return value
}

/// A declared number of more than 18 digits: whole where 64 bits hold it, else a double.
private func readLong(_ bytes: UnsafePointer<UInt8>, _ count: Int, decimal: UInt8) -> FigureReading {
  var reading = FigureReading()
  let text = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  if let whole = Int64(text) {
    reading.integer = whole
    reading.kind = .longInteger
  } else if text.utf8.allSatisfy({ isDigit($0) || "+-eE".utf8.contains($0) || $0 == decimal }),
    let value = Double(decimal == UInt8(ascii: ",") ? String(text.map { $0 == "," ? "." : $0 }) : text), value.isFinite
  {
    reading.double = value
    reading.kind = .double
  }
  return reading
}
