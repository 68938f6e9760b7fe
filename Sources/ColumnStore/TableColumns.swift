/// Where the columns of a table are kept that are fetched when they are first asked for, such as a snapshot's file.
public protocol ColumnSource: AnyObject, Sendable {
  /// A column, of the length and type that the table says, and the same one every time. One that turns out to be unusable
  /// comes as NULL in every row, and `problem` tells why: whoever computes with columns asks that before showing a result.
  func column(_ index: Int) -> Column

  /// The columns that have been fetched so far.
  var fetched: [Column] { get }

  /// Why a column that was asked for could not be given; nil when all that were fetched are as they should be.
  var problem: (any Error)? { get }

  /// Whether a column is soon fetched, so that one may be asked for only to plan better.
  var isCheap: Bool { get }
}

extension ColumnSource {
  /// Most are.
  public var isCheap: Bool { true }
}

/// The columns of a table: in memory, or fetched one by one when they are first asked for.
public struct TableColumns: Sendable {
  private let inMemory: [Column]
  /// What the columns are fetched from; nil where they are in memory.
  public let source: (any ColumnSource)?
  /// How many columns there are.
  public let count: Int

  /// Columns in memory.
  public init(_ columns: [Column]) {
    inMemory = columns
    source = nil
    count = columns.count
  }

  /// Columns that are fetched when they are first asked for.
  public init(count: Int, from source: any ColumnSource) {
    inMemory = []
    self.source = source
    self.count = count
  }

  /// The columns that are there without being fetched.
  public var held: [Column] { source?.fetched ?? inMemory }

  /// Why a column that was asked for could not be given; nil when all that were fetched are as they should be.
  public var problem: (any Error)? { source?.problem }

  /// Whether a column may be asked for only to plan better.
  public var isCheap: Bool { source?.isCheap ?? true }
}

extension TableColumns: RandomAccessCollection {
  /// Zero.
  public var startIndex: Int { 0 }
  /// The number of columns.
  public var endIndex: Int { count }

  /// A column; fetched first, which takes its time, if it is not in memory.
  public subscript(index: Int) -> Column {
    guard let source else { return inMemory[index] }
    precondition(index >= 0 && index < count, "column index out of range")
    return source.column(index)
  }
}
