import ColumnStore

/// Numbers the groups that rows fall into. Each worker has one of its own; at the end the others are merged into the
/// first.
protocol Grouper: AnyObject {
  /// The number of groups so far; group numbers are below it.
  var groupCount: Int { get }
  /// The group of every row of a batch, whose first row is the `firstRow`th of the input. Valid until the next call.
  func groups(_ keys: [Column], count: Int, firstRow: Int) -> Buffer<UInt32>
  /// Takes over the groups of another grouper of the same kind: for each of its groups, the number here.
  func merge(_ other: any Grouper) -> Buffer<UInt32>
  /// How many rows each group has; nil where nobody has counted them.
  var rowCounts: Buffer<Int64>? { get }
  /// The groups of rows that `groups` has seen, by their final numbers. Several workers may ask at the same time.
  func known(_ keys: [Column], count: Int) -> Buffer<UInt32>
  /// One column per key, one row for each of the groups.
  func keyColumns(of groups: Buffer<UInt32>) -> [Column]
  /// The groups that come out, in their order.
  func order() -> Buffer<UInt32>
}

extension Grouper {
  /// Not counted.
  var rowCounts: Buffer<Int64>? { nil }
}

/// Everything in one group: aggregates without keys. While rows come they may be dealt out to several groups, to be merged
/// into one at the end.
final class SingleGroup: Grouper {
  let groupCount: Int
  private var numbers = Buffer<UInt32>([])

  /// Enough groups for an addition to be done before the next one to the same group.
  static let manyGroups = 16

  /// - Parameter groupCount: to how many groups the rows are dealt out in turn.
  init(groupCount: Int) { self.groupCount = groupCount }

  func groups(_ keys: [Column], count: Int, firstRow: Int) -> Buffer<UInt32> {
    if count > numbers.count {
      let dealt = MutableBuffer<UInt32>(count: count)
      for row in 0..<count { dealt[row] = UInt32(truncatingIfNeeded: row % groupCount) }
      numbers = dealt.frozen()
    }
    return numbers.slice(0..<count)
  }

  func merge(_ other: any Grouper) -> Buffer<UInt32> { Buffer(repeating: 0, count: other.groupCount) }
  func known(_ keys: [Column], count: Int) -> Buffer<UInt32> { Buffer(repeating: 0, count: count) }
  func keyColumns(of groups: Buffer<UInt32>) -> [Column] { [] }
  func order() -> Buffer<UInt32> { Buffer([0]) }
}
