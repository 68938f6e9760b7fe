import ColumnStore

/// The parts of a left source, each put through a function that adds right columns.
struct JoinedSource: RowSource {
  /// What is known of both sides of a join, by which less need be read and grouping is faster.
  struct Sides {
    /// How many columns the left side has; those of the right side are numbered after them.
    let leftCount: Int
    /// The left columns that pairs are found by.
    let needed: Set<Int>
    /// The right rows.
    let right: TableSource
    /// Whether a left row may come without a right one.
    let rightMayBeMissing: Bool
  }

  private let left: any RowSource
  private let sides: Sides?
  private let read: Set<Int>?
  private let transform: @Sendable (_ left: Batch, _ read: Set<Int>?) throws -> Batch

  /// - Parameters:
  ///   - sides: nil where the function looks at all columns.
  ///   - read: the columns that somebody looks at; nil for all.
  ///   - transform: gives the joined rows of a part, of the columns only those that are read.
  init(
    left: any RowSource, sides: Sides? = nil, reading read: Set<Int>? = nil,
    _ transform: @escaping @Sendable (_ left: Batch, _ read: Set<Int>?) throws -> Batch
  ) {
    if let sides, let read {
      self.left = left.reading(sides.needed.union(read.filter { $0 < sides.leftCount }))
    } else {
      self.left = left
    }
    self.sides = sides
    self.read = read
    self.transform = transform
  }

  var partCount: Int { left.partCount }
  var partBound: Int { JoinOperator.partBound }
  var rowBound: Int { left.rowBound }
  func part(_ index: Int) throws -> Batch { try transform(try left.part(index), read) }

  func domain(_ column: Int) -> ColumnDomain {
    guard let sides else { return .unknown }
    if column < sides.leftCount { return left.domain(column) }
    let domain = sides.right.domain(column - sides.leftCount)
    return sides.rightMayBeMissing ? domain.orNull : domain
  }

  func encoded(_ columns: Set<Int>, isNeeded: Bool) -> any RowSource {
    guard let sides else { return self }
    // Pairs may be few, for which the whole column's dictionary would be too much work.
    let left = left.encoded(columns.filter { $0 < sides.leftCount }, isNeeded: false)
    return JoinedSource(left: left, sides: sides, reading: read, transform)
  }

  func reading(_ columns: Set<Int>) -> any RowSource {
    JoinedSource(left: left, sides: sides, reading: columns, transform)
  }
}

extension ColumnDomain {
  /// The same values, or none.
  fileprivate var orNull: ColumnDomain {
    switch self {
    case .unknown: .unknown
    case .dictionary(let dictionary, _): .dictionary(dictionary, mayBeNull: true)
    case .range(let range, _): .range(range, mayBeNull: true)
    case .boolean: .boolean(mayBeNull: true)
    }
  }
}
