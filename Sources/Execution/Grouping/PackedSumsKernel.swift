import ColumnStore

/// How many rows each group has, and the sums of some of their short integers: all in one word a group, so that one
/// addition a row takes in all of them.
///
/// A row adds one in the lowest place, and at the place of each field how far its value is from the least that the column
/// has. The places are so far apart that no field runs over before `rowLimit` rows; `settle` empties the words in time.
final class PackedSums {
  /// Where the sums of a column stand in the words.
  struct Field {
    /// The number of the aggregate whose sums they are.
    let aggregate: Int
    /// The values of the column.
    let range: ClosedRange<Int64>
    /// The bits below the field.
    fileprivate(set) var place = 0
    /// The bits of the field.
    fileprivate(set) var width = 0

    /// The furthest that a value is from zero.
    fileprivate var furthest: UInt64 { max(range.lowerBound.magnitude, range.upperBound.magnitude) }
    fileprivate var span: UInt64 { UInt64(bitPattern: range.upperBound &- range.lowerBound) }
  }

  /// How fields share a word.
  struct Layout {
    fileprivate(set) var fields: [Field] = []
    /// The bits of the count of rows.
    fileprivate(set) var countWidth = 0
    /// So many rows may be taken in before the words must be emptied.
    fileprivate var rowLimit: Int { 1 << countWidth - 1 }

    /// The columns of these aggregates that fit in, first come, first served; nil where there is none.
    ///
    /// - Parameter groupCount: emptying costs as much as some rows a group, and should not be needed often.
    init?(_ sums: [(aggregate: Int, range: ClosedRange<Int64>)], groupCount: Int) {
      for (aggregate, range) in sums {
        let field = Field(aggregate: aggregate, range: range)
        guard range.lowerBound >= Int32.min, range.upperBound <= Int32.max else { continue }
        if let places = Self.places(fields + [field], leastRows: max(1 << 14, 4 * groupCount)) {
          (fields, countWidth) = places
        }
      }
      if fields.isEmpty { return nil }
    }

    /// The widest fields that a word has place for; nil where they would be too narrow for so many rows.
    private static func places(_ fields: [Field], leastRows: Int) -> (fields: [Field], countWidth: Int)? {
      var countWidth = UInt32.bitWidth
      while 1 << countWidth > leastRows {
        var (fields, place) = (fields, countWidth)
        for index in fields.indices {
          // Below 2^64: a row limit and a span of at most 32 bits each.
          let most = fields[index].span * UInt64(1 << countWidth - 1)
          fields[index].place = place
          fields[index].width = max(1, UInt64.bitWidth - most.leadingZeroBitCount)
          place += fields[index].width
        }
        if place <= UInt64.bitWidth { return (fields, countWidth) }
        countWidth -= 1
      }
      return nil
    }
  }

  let layout: Layout
  private let groupCount: Int
  /// The words, one after the other, `copies` for each group: equal neighbours then do not wait for each other's addition.
  private let words = GroupArray<UInt64>(filledWith: 0)
  private let copies: Int
  private var rowCount = 0
  /// What a few rows add.
  private let additions = MutableBuffer<UInt64>(count: PackedSums.chunkRows)

  private static let chunkRows = 2048
  /// Up to so many groups there are copies: they stay in the nearest cache.
  private static let fewGroups = 1024

  init(_ layout: Layout, groupCount: Int) {
    self.layout = layout
    self.groupCount = groupCount
    copies = groupCount <= Self.fewGroups ? 4 : 1
    words.grow(copies * groupCount)
  }

  /// Takes in rows of these groups, which are below the number of groups, and for each field its column's values, which are
  /// short integers within its range.
  ///
  /// - Parameter settle: is called with what was taken in before, where the words must be emptied.
  func add<Group: FixedWidthInteger & UnsignedInteger>(
    _ groups: Buffer<Group>, _ columns: [ColumnData], settle: (PackedSums) -> Void
  ) {
    var start = 0
    while start < groups.count {
      let rows = start..<min(start + Self.chunkRows, groups.count)
      if rowCount + rows.count > layout.rowLimit { settle(self) }
      rowCount += rows.count
      for (index, field) in layout.fields.enumerated() {
        columns[index].place(rows, from: field.range.lowerBound, at: field.place, adds: index > 0, into: additions)
      }
      add(groups.pointer + start, rows.count)
      start = rows.upperBound
    }
  }

  private func add<Group: FixedWidthInteger & UnsignedInteger>(_ groups: UnsafePointer<Group>, _ count: Int) {
    let (words, additions) = (words.pointer, UnsafePointer(additions.pointer))
    var row = 0
    if copies == 4 {
      while row + 4 <= count {
        words[4 &* Int(truncatingIfNeeded: groups[row])] &+= additions[row]
        words[4 &* Int(truncatingIfNeeded: groups[row &+ 1]) &+ 1] &+= additions[row &+ 1]
        words[4 &* Int(truncatingIfNeeded: groups[row &+ 2]) &+ 2] &+= additions[row &+ 2]
        words[4 &* Int(truncatingIfNeeded: groups[row &+ 3]) &+ 3] &+= additions[row &+ 3]
        row &+= 4
      }
    }
    while row < count {
      words[copies &* Int(truncatingIfNeeded: groups[row])] &+= additions[row]
      row &+= 1
    }
  }

  /// Empties the words. Gives `counts` the number of rows taken in and how many of them each group has, and `sums` for every
  /// field the sums of its groups, of which none is beyond `furthest`.
  func settle(
    counts: (_ rows: Int, _ count: (Int) -> UInt32) -> Void,
    sums: (Field, _ furthest: UInt64, _ sum: (Int) -> Int64) -> Void
  ) {
    if rowCount == 0 { return }
    let words = words.pointer
    if copies > 1 {
      for group in 0..<groupCount {
        words[group] = (0..<copies).reduce(0) { $0 &+ words[copies * group + $1] }
      }
    }
    let countMask = UInt64(layout.rowLimit)
    counts(rowCount) { UInt32(truncatingIfNeeded: words[$0] & countMask) }
    for field in layout.fields {
      let mask = UInt64.max >> UInt64(UInt64.bitWidth - field.width)
      sums(field, field.furthest * UInt64(rowCount)) { group in
        // Of values of 32 bits and less than 2^32 rows.
        Int64(bitPattern: words[group] >> UInt64(field.place) & mask)
          &+ field.range.lowerBound &* Int64(bitPattern: words[group] & countMask)
      }
    }
    words.update(repeating: 0, count: copies * groupCount)
    rowCount = 0
  }
}
