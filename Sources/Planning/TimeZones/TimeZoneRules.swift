import ColumnStore

/// How far a time zone's clocks are from UTC at any instant: the rules of the system's tz database.
///
/// ```swift
/// TimeZoneRules.named("Asia/Kolkata")?.offset(at: 0)  // 19800
/// ```
public final class TimeZoneRules: Sendable {
  /// The zone's name as the database has it.
  public let name: String
  /// When an offset begins, in seconds since 1970 UTC, in order.
  private let transitions: [Int64]
  /// The offsets that begin then, in seconds east of UTC.
  private let offsets: [Int]
  /// The offset before the first transition.
  private let firstOffset: Int
  /// The rule for what comes after the last transition; nil where the last offset stays.
  private let rule: YearlyRule?

  /// A zone whose offset never changes.
  init(name: String, offset: Int) {
    self.name = name
    transitions = []
    offsets = []
    firstOffset = offset
    rule = nil
  }

  /// Reads a compiled file of RFC 8536 (TZif); nil for what is none.
  init?(name: String, file: [UInt8]) {
    guard let header = Header(file, at: 0) else { return nil }
    // From version 2 on the data stand a second time, in 64 bits.
    let isLong = header.version >= 2
    guard let body = isLong ? Header(file, at: 44 + header.byteCount(timeSize: 4)) : header else { return nil }
    let timeSize = isLong ? 8 : 4
    var position = body.position + 44
    guard body.typeCount > 0, position + body.byteCount(timeSize: timeSize) <= file.count else { return nil }
    transitions = (0..<body.timeCount).map { Self.number(file, position + $0 * timeSize, size: timeSize) }
    position += body.timeCount * timeSize
    let types = (0..<body.timeCount).map { Int(file[position + $0]) }
    position += body.timeCount
    let typeOffsets = (0..<body.typeCount).map { Int(Self.number(file, position + $0 * 6, size: 4)) }
    guard types.allSatisfy({ $0 < typeOffsets.count }), typeOffsets.allSatisfy({ $0.magnitude <= 26 * 3600 }) else {
      return nil
    }
    offsets = types.map { typeOffsets[$0] }
    firstOffset = typeOffsets[0]
    self.name = name
    let footer = file[(body.position + 44 + body.byteCount(timeSize: timeSize))...].drop { $0 == 10 }.prefix {
      $0 != 10
    }
    rule = isLong ? YearlyRule(String(decoding: footer, as: UTF8.self)) : nil
  }

  /// Seconds east of UTC at an instant, given in seconds since 1970 UTC.
  public func offset(at instant: Int64) -> Int {
    guard let first = transitions.first, instant >= first else {
      return transitions.isEmpty ? rule?.offset(at: instant) ?? firstOffset : firstOffset
    }
    if let rule, let last = transitions.last, instant >= last { return rule.offset(at: instant) }
    var (low, high) = (0, transitions.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if transitions[middle] <= instant { low = middle } else { high = middle }
    }
    return offsets[low]
  }

  /// What clocks in the zone show at an instant; both in microseconds, the clock's as if it were UTC.
  public func local(at instant: Int64) -> Int64? {
    let offset = Int64(offset(at: floorDivide(instant, 1_000_000)))
    let (local, overflow) = instant.addingReportingOverflow(offset * 1_000_000)
    return overflow ? nil : local
  }

  /// The instant at which clocks in the zone show a time. As PostgreSQL has it: a time that is left out when clocks go
  /// forward is taken as if they had not yet, one that comes twice when they go back as the second.
  public func instant(ofLocal local: Int64) -> Int64? {
    let seconds = floorDivide(local, 1_000_000)
    let before = offset(at: seconds - 86_400 * 2)
    let after = offset(at: seconds + 86_400 * 2)
    func fits(_ offset: Int) -> Bool { self.offset(at: seconds - Int64(offset)) == offset }
    let chosen = before != after && fits(after) ? after : before
    let (instant, overflow) = local.subtractingReportingOverflow(Int64(chosen) * 1_000_000)
    return overflow ? nil : instant
  }

  /// A number with its highest byte first. The caller has checked the bounds.
  private static func number(_ bytes: [UInt8], _ position: Int, size: Int) -> Int64 {
    let value = bytes[position..<position + size].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return size == 8 ? Int64(bitPattern: value) : Int64(Int32(truncatingIfNeeded: value))
  }

  /// The counts at the beginning of each part of a file.
  private struct Header {
    let position: Int
    let version: Int
    let timeCount: Int
    let typeCount: Int
    private let counts: [Int]

    init?(_ file: [UInt8], at position: Int) {
      guard position >= 0, position + 44 <= file.count, file[position..<position + 4].elementsEqual("TZif".utf8) else {
        return nil
      }
      self.position = position
      version = file[position + 4] == 0 ? 1 : Int(file[position + 4]) - 48
      counts = (0..<6).map {
        Int(UInt32(truncatingIfNeeded: TimeZoneRules.number(file, position + 20 + $0 * 4, size: 4)))
      }
      guard counts.allSatisfy({ $0 < 1 << 20 }) else { return nil }
      timeCount = counts[3]
      typeCount = counts[4]
    }

    /// The bytes behind the header.
    func byteCount(timeSize: Int) -> Int {
      timeCount * (timeSize + 1) + typeCount * 6 + counts[5] + counts[2] * (timeSize + 4) + counts[1] + counts[0]
    }
  }
}
