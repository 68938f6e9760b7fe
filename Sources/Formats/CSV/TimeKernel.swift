import ColumnStore

/// Days before the first of each month of the years 1600 to 2399, so that a date costs one look-up.
private let firstYearOfTable = 1600
private let daysBeforeMonth: [Int32] = (0..<800 * 12).map { index in
  let day = CivilDate(year: firstYearOfTable + index / 12, month: index % 12 + 1, day: 1)
  return Int32(truncatingIfNeeded: day?.days ?? 0)
}

/// Tables that the loops below read; taken out once per chunk.
struct CalendarTable {
  let days: UnsafePointer<Int32>

  /// Calls `body` with the table.
  static func with<Result>(_ body: (CalendarTable) throws -> Result) rethrows -> Result {
    try daysBeforeMonth.withUnsafeBufferPointer { days in
      guard let base = days.baseAddress else { preconditionFailure("the table of months has entries") }
      return try body(CalendarTable(days: base))
    }
  }

  /// Days since 1970 of `YYYY-MM-DD`, ten readable bytes; nil when it is no day of the years 0001 to 9999.
  @inline(__always)
  func days(_ bytes: UnsafePointer<UInt8>) -> Int32? {
    let raw = UnsafeRawPointer(bytes)
    let low = raw.loadUnaligned(as: UInt64.self)
    let high = raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self)
    // "YYYY-MM-" and "DD": hyphens in their places, digits elsewhere.
    guard low & 0xFF00_00FF_0000_0000 == 0x2D00_002D_0000_0000 else { return nil }
    let digits = (low & 0x00FF_FF00_FFFF_FFFF | 0x3000_0030_0000_0000) &- 0x3030_3030_3030_3030
    let dayDigits = high &- 0x3030
    guard (low & 0x00F0_F000_F0F0_F0F0) == 0x0030_3000_3030_3030,
      (digits &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0 == 0,
      high & 0xF0F0 == 0x3030, (dayDigits &+ 0x0606) & 0xF0F0 == 0
    else { return nil }
    let year =
      Int(digits & 0xFF) * 1000 + Int(digits >> 8 & 0xFF) * 100 + Int(digits >> 16 & 0xFF) * 10
      + Int(digits >> 24 & 0xFF)
    let month = Int(digits >> 40 & 0xFF) * 10 + Int(digits >> 48 & 0xFF)
    let day = Int(dayDigits & 0xFF) * 10 + Int(dayDigits >> 8)
    guard month >= 1, month <= 12, day >= 1, year >= 1 else { return nil }
    if day > 28, day > CivilDate.dayCount(ofMonth: month, year: year) { return nil }
    let index = (year - firstYearOfTable) * 12 + month - 1
    if index >= 0, index < 800 * 12 { return days[index] &+ Int32(truncatingIfNeeded: day - 1) }
    return CivilDate(year: year, month: month, day: day).map { Int32(truncatingIfNeeded: $0.days) }
  }

  /// Microseconds since 1970 of `YYYY-MM-DD[T ]HH:MM[:SS[.ffffff]][Z|±HH[[:]MM]]`; nil for anything else.
  @inline(__always)
  func timestamp(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    guard count >= 16 else { return nil }
    if count == 20, bytes[19] == UInt8(ascii: "Z"), let seconds = secondsOfDay(bytes + 11) {
      guard bytes[10] == UInt8(ascii: "T") || bytes[10] == 0x20, let days = days(bytes) else { return nil }
      return Int64(days) * microsecondsPerDay + Int64(seconds) * 1_000_000
    }
    return anyTimestamp(bytes, count)
  }

  /// Seconds of `HH:MM:SS`, eight readable bytes.
  @inline(__always)
  private func secondsOfDay(_ bytes: UnsafePointer<UInt8>) -> Int? {
    let word = UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)
    guard word & 0xF0F0_FFF0_F0FF_F0F0 == 0x3030_3A30_303A_3030 else { return nil }
    let digits = (word & 0x0F0F_000F_0F00_0F0F)
    guard (digits &+ 0x0606_0006_0600_0606) & 0xF0F0_00F0_F000_F0F0 == 0 else { return nil }
    let hour = Int(digits & 0xFF) * 10 + Int(digits >> 8 & 0xFF)
    let minute = Int(digits >> 24 & 0xFF) * 10 + Int(digits >> 32 & 0xFF)
    let second = Int(digits >> 48 & 0xFF) * 10 + Int(digits >> 56 & 0xFF)
    guard hour < 24, minute < 60, second < 60 else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  @inline(never)
  private func anyTimestamp(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    guard let days = days(bytes), bytes[10] == UInt8(ascii: "T") || bytes[10] == 0x20 else { return nil }
    guard let hour = twoDigits(bytes + 11), bytes[13] == UInt8(ascii: ":"), let minute = twoDigits(bytes + 14),
      hour < 24, minute < 60
    else { return nil }
    var position = 16
    var second = 0
    var fraction: Int64 = 0
    if position + 2 < count, bytes[position] == UInt8(ascii: ":") {
      guard let value = twoDigits(bytes + position + 1), value < 60 else { return nil }
      second = value
      position += 3
      if position + 1 < count, bytes[position] == UInt8(ascii: "."), isDigit(bytes[position + 1]) {
        position += 1
        var place: Int64 = 100_000
        while position < count, isDigit(bytes[position]) {
          let digit = Int64(bytes[position] &- 0x30)
          // Below a microsecond only zeros may stand, or something would be lost.
          if place == 0, digit != 0 { return nil }
          fraction += digit * place
          place /= 10
          position += 1
        }
      }
    }
    var offset = 0
    if position < count {
      switch bytes[position] {
      case UInt8(ascii: "Z"): position += 1
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        let sign = bytes[position] == UInt8(ascii: "-") ? -1 : 1
        guard position + 2 < count, let hours = twoDigits(bytes + position + 1), hours <= 15 else { return nil }
        position += 3
        var minutes = 0
        if position < count {
          if bytes[position] == UInt8(ascii: ":") { position += 1 }
          guard position + 1 < count, let value = twoDigits(bytes + position), value < 60 else { return nil }
          minutes = value
          position += 2
        }
        offset = sign * (hours * 60 + minutes)
      default: return nil
      }
    }
    guard position == count else { return nil }
    let seconds = hour * 3600 + minute * 60 + second - offset * 60
    return Int64(days) * microsecondsPerDay + Int64(seconds) * 1_000_000 + fraction
  }

  private func twoDigits(_ bytes: UnsafePointer<UInt8>) -> Int? {
    guard isDigit(bytes[0]), isDigit(bytes[1]) else { return nil }
    return Int(bytes[0] &- 0x30) * 10 + Int(bytes[1] &- 0x30)
  }
}
