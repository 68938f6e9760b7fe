import ColumnStore
import Planning

/// Parts of dates and timestamps over whole columns.
enum DateKernels {
  /// The beginning of the part that each date or timestamp lies in.
  static func truncate(_ column: Column, to part: DatePart) -> Column? {
    switch column.data {
    case .date(let days):
      let result = MutableBuffer<Int32>(count: days.count)
      for row in 0..<days.count {
        result.pointer[row] = Int32(truncatingIfNeeded: DateArithmetic.truncate(days: Int(days.pointer[row]), to: part))
      }
      return Column(type: .date, data: .date(result.frozen()), validity: column.validity)
    case .timestamp(let instants):
      let result = MutableBuffer<Int64>(count: instants.count)
      var lastDay = Int64.min
      var lastStart: Int64 = 0
      for row in 0..<instants.count {
        let instant = instants.pointer[row]
        if let unit = DateArithmetic.microseconds(in: part) {
          result.pointer[row] = floorDivide(instant, unit) &* unit
          continue
        }
        // Neighbouring rows often lie on one day, for which the calendar is asked once.
        let day = floorDivide(instant, microsecondsPerDay)
        if day != lastDay {
          lastDay = day
          lastStart = Int64(DateArithmetic.truncate(days: Int(day), to: part)) &* microsecondsPerDay
        }
        result.pointer[row] = lastStart
      }
      return Column(type: .timestamp, data: .timestamp(result.frozen()), validity: column.validity)
    default: return nil
    }
  }

  /// A part of each date or timestamp as a number.
  static func part(_ part: DatePart, of column: Column) -> Column? {
    let microseconds: (Int) -> Int64
    switch column.data {
    case .date(let days): microseconds = { Int64(days[$0]) &* microsecondsPerDay }
    case .timestamp(let instants): microseconds = { instants[$0] }
    default: return nil
    }
    let result = MutableBuffer<Int64>(count: column.count)
    for row in 0..<column.count {
      result.pointer[row] = DateArithmetic.part(part, of: microseconds(row))
    }
    return Column(type: .integer, data: .integer64(result.frozen()), validity: column.validity)
  }

  /// How many beginnings of a part lie between two dates or timestamps; nil for other operands, and where there are more
  /// than 64 bits can tell.
  static func difference(_ part: DatePart, from: Operand, to: Operand, count: Int) -> Column? {
    guard let first = instants(from, count), let second = instants(to, count) else { return nil }
    precondition(first.count >= count && second.count >= count)
    let validity = Bitmap.both(from.column?.validity, to.column?.validity)
    let result = MutableBuffer<Int64>(count: count)
    for row in 0..<count {
      let difference = DateArithmetic.difference(part, from: first.pointer[row], to: second.pointer[row])
      if difference == nil, validity?[row] ?? true { return nil }
      result.pointer[row] = difference ?? 0
    }
    return Column(type: .integer, data: .integer64(result.frozen()), validity: validity)
  }

  /// Microseconds since 1970-01-01 00:00:00 UTC.
  private static func instants(_ operand: Operand, _ count: Int) -> Buffer<Int64>? {
    switch operand {
    case .constant(.timestamp(let instant)): return Buffer(repeating: instant, count: count)
    case .constant(.date(let days)): return Buffer(repeating: Int64(days) &* microsecondsPerDay, count: count)
    case .column(let column):
      if case .timestamp(let instants) = column.data { return instants }
      guard column.type == .date, case .timestamp(let instants)? = CastKernels.cast(column, to: .timestamp)?.data else {
        return nil
      }
      return instants
    default: return nil
    }
  }

  /// Seconds since 1970-01-01 00:00:00 UTC.
  static func epoch(_ column: Column) -> Column {
    let seconds: Buffer<Double>
    switch column.data {
    case .date(let days): seconds = Buffer(days.map { Double($0) * 86_400 })
    case .timestamp(let instants), .time(let instants): seconds = instants.divided(by: 1e6)
    case .interval(let intervals): seconds = Buffer(intervals.map(DateArithmetic.seconds))
    default: return .nulls(type: .double, count: column.count)
    }
    return Column(type: .double, data: .double(seconds), validity: column.validity)
  }
}
