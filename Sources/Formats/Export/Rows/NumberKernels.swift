import ColumnStore

/// Appends a whole number in decimal digits.
@inline(__always)
func appendInteger(_ number: Int64, to out: GrowableBytes) {
  out.reserve(20)
  if number < 0 { out.appendUnchecked(UInt8(ascii: "-")) }
  appendDigits(number.magnitude, to: out)
}

/// Appends decimal digits, for which there is place.
@inline(__always)
private func appendDigits(_ number: UInt64, to out: GrowableBytes) {
  var (rest, digits) = (number, 1)
  var limit: UInt64 = 10
  while digits < 19, number >= limit {
    digits &+= 1
    limit &*= 10
  }
  if digits == 19, number >= limit { digits = 20 }
  var position = out.count + digits
  out.count = position
  while rest >= 10 {
    position &-= 2
    place(rest % 100, at: position, in: out)
    rest /= 100
  }
  if digits & 1 == 1 { out.base[position &- 1] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest) }
}

/// Writes two digits.
@inline(__always)
private func place(_ number: UInt64, at position: Int, in out: GrowableBytes) {
  // A tenth of a number below 100.
  let tens = (number &* 205) &>> 11
  out.base[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: tens)
  out.base[position &+ 1] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number &- tens &* 10)
}

/// Appends the shortest decimal text that reads back as the same double.
func appendNumber(_ number: Double, to out: GrowableBytes) {
  let magnitude = number.magnitude
  if number == number.rounded(.towardZero), magnitude < 1e15, number != 0 {
    appendInteger(Int64(number), to: out)
    return
  }
  // Texts of up to 15 digits are all read as different doubles. So where one of them is read as this number, none is
  // shorter but the same without zeros at its end.
  let millionths = (magnitude * 1e6).rounded()
  if magnitude >= 1e-3, millionths < 1e15, millionths / 1e6 == magnitude {
    out.reserve(24)
    if number < 0 { out.appendUnchecked(UInt8(ascii: "-")) }
    let (whole, part) = UInt64(millionths).quotientAndRemainder(dividingBy: 1_000_000)
    appendDigits(whole, to: out)
    out.appendUnchecked(UInt8(ascii: "."))
    place(part / 10_000, at: out.count, in: out)
    place(part / 100 % 100, at: out.count + 2, in: out)
    place(part % 100, at: out.count + 4, in: out)
    out.count += 6
    while out.base[out.count - 1] == UInt8(ascii: "0") { out.count -= 1 }
  } else if number == 0 || !number.isFinite {
    var bytes: [UInt8] = []
    appendDouble(number, to: &bytes)
    out.append(bytes)
  } else {
    var text = number.description
    text.withUTF8 { out.append($0) }
  }
}

/// Appends `YYYY-MM-DD`.
func appendDay(_ days: Int, to out: GrowableBytes) {
  let date = CivilDate(days: days)
  out.reserve(24)
  guard (0...9999).contains(date.year) else {
    var bytes: [UInt8] = []
    date.append(to: &bytes)
    out.append(bytes)
    return
  }
  appendPair(date.year / 100, to: out)
  appendPair(date.year % 100, to: out)
  out.appendUnchecked(UInt8(ascii: "-"))
  appendPair(date.month, to: out)
  out.appendUnchecked(UInt8(ascii: "-"))
  appendPair(date.day, to: out)
}

/// Appends `YYYY-MM-DDTHH:MM:SSZ` (ISO 8601, RFC 3339), with a fraction only where there is one.
func appendInstant(_ microseconds: Int64, to out: GrowableBytes) {
  let days = floorDivide(microseconds, microsecondsPerDay)
  let inDay = Int(microseconds - days * microsecondsPerDay)
  appendDay(Int(days), to: out)
  out.reserve(24)
  let seconds = inDay / 1_000_000
  out.appendUnchecked(UInt8(ascii: "T"))
  appendPair(seconds / 3600, to: out)
  out.appendUnchecked(UInt8(ascii: ":"))
  appendPair(seconds / 60 % 60, to: out)
  out.appendUnchecked(UInt8(ascii: ":"))
  appendPair(seconds % 60, to: out)
  let fraction = inDay % 1_000_000
  if fraction != 0 {
    out.appendUnchecked(UInt8(ascii: "."))
    appendPair(fraction / 10_000, to: out)
    appendPair(fraction / 100 % 100, to: out)
    appendPair(fraction % 100, to: out)
    while out.base[out.count - 1] == UInt8(ascii: "0") { out.count -= 1 }
  }
  out.appendUnchecked(UInt8(ascii: "Z"))
}

/// Two digits of a number below 100, for which there is place.
@inline(__always)
private func appendPair(_ number: Int, to out: GrowableBytes) {
  place(UInt64(truncatingIfNeeded: number), at: out.count, in: out)
  out.count += 2
}
