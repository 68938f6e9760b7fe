import ColumnStore

/// Appends a whole number in decimal digits.
@inline(__always)
func appendInteger(_ number: Int64, to out: GrowableBytes) {
  out.reserve(20)
  var magnitude = number.magnitude
  if number < 0 { out.appendUnchecked(UInt8(ascii: "-")) }
  var digits = 1
  var limit: UInt64 = 10
  while digits < 19, magnitude >= limit {
    digits &+= 1
    limit &*= 10
  }
  if digits == 19, magnitude >= limit { digits = 20 }
  var position = out.count + digits
  out.count = position
  repeat {
    position &-= 1
    out.base[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: magnitude % 10)
    magnitude /= 10
  } while magnitude > 0
}

/// Appends the shortest decimal text that reads back as the same double.
func appendNumber(_ number: Double, to out: GrowableBytes) {
  if number == number.rounded(.towardZero), number.magnitude < 1e15, number != 0 {
    appendInteger(Int64(number), to: out)
  } else {
    var bytes: [UInt8] = []
    appendDouble(number, to: &bytes)
    out.append(bytes)
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
  out.appendUnchecked(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number / 10))
  out.appendUnchecked(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number % 10))
}
