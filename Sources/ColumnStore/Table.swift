/// How a column likes to be shown to people; files always get the full value.
public enum ColumnDisplay: Hashable, Sendable {
  /// By its type alone.
  case plain
  /// A fraction of a whole, shown as a percentage with a bar. Where the fractions of the rows that agree in the columns
  /// `within` add up to 1, the percentages shown add up to exactly 100; nil for fractions that each stand on their own.
  case share(within: [String]?)
  /// A number that is compared with the others of its column, shown with a bar.
  case amount
  /// How the values of something spread: counts as small bars, texts as they are.
  case distribution
  /// A fraction, shown as a percentage on its own.
  case percent
  /// The least that a fraction can be, shown as a percentage that is not more.
  case leastPercent
  /// The most that a fraction can be, shown as a percentage that is not less.
  case mostPercent

  /// Whether it is of parts of something, which are not to be summed.
  public var isFraction: Bool { ![.plain, .amount, .distribution].contains(self) }
}

/// What a column is called and means.
public struct ColumnDescription: Hashable, Sendable {
  /// The name, as it was published.
  public var name: String
  /// The type of its values.
  public var type: DataType
  /// What a data package says of it; empty where nothing is said.
  public var note: String
  /// How it is shown to people.
  public var display: ColumnDisplay

  /// A description.
  public init(name: String, type: DataType, note: String = "", display: ColumnDisplay = .plain) {
    self.name = name
    self.type = type
    self.note = note
    self.display = display
  }
}

/// Equally long columns with names: a loaded dataset, a stored query, a result.
public struct Table: Sendable {
  /// Names and types, in order.
  public let descriptions: [ColumnDescription]
  /// The values, one per description.
  public let columns: TableColumns
  /// The number of rows.
  public let rowCount: Int
  /// Where the rows were read from; nil for tables that were computed.
  public let origin: RowOrigin?
  /// What the whole table is, as a data package or an adapter says.
  public let note: String
  /// The footnotes to its values.
  public internal(set) var notes: [TableNote] = []
  /// The cells that were hidden when the table was released; nil for a table that may hold single records.
  public let hiddenCells: HiddenCells?

  let cache: TableCache

  /// The same for all copies of a table, and as long as there is one, for no other.
  public var identity: ObjectIdentifier { ObjectIdentifier(cache) }

  /// A table of columns that are all `rowCount` long and of the types described.
  public init(
    descriptions: [ColumnDescription], columns: [Column], rowCount: Int, origin: RowOrigin? = nil, note: String = ""
  ) {
    self.init(
      descriptions: descriptions, columns: TableColumns(columns), rowCount: rowCount, origin: origin, note: note)
  }

  /// A table of columns that are all `rowCount` long and of the types described, those included that are still to be
  /// fetched.
  public init(
    descriptions: [ColumnDescription], columns: TableColumns, rowCount: Int, origin: RowOrigin? = nil,
    note: String = "", hiddenCells: HiddenCells? = nil
  ) {
    precondition(descriptions.count == columns.count)
    for (description, column) in zip(descriptions, columns.held) {
      precondition(column.count == rowCount && column.type == description.type)
    }
    self.descriptions = descriptions
    self.columns = columns
    self.rowCount = rowCount
    self.origin = origin
    self.note = note
    self.hiddenCells = hiddenCells
    cache = TableCache(columnCount: columns.count)
  }

  /// A table made of named columns of the same length.
  public init(_ named: [(name: String, column: Column)]) {
    self.init(
      descriptions: named.map { ColumnDescription(name: $0.name, type: $0.column.type) },
      columns: named.map(\.column), rowCount: named.first?.column.count ?? 0)
  }

  /// The statistics of a column, worked out when first asked for.
  public func statistics(_ column: Int) -> ColumnStatistics {
    cache.statistics(column) { ColumnStatistics(of: columns[column]) }
  }

  /// The statistics of a column, if they have been worked out already.
  public func knownStatistics(_ column: Int) -> ColumnStatistics? { cache.knownStatistics(column) }

  /// About how many different values a column has, worked out from a sample when first asked for.
  public func distinctEstimate(_ column: Int) -> Int {
    cache.distinctEstimate(column) { DistinctEstimate.of(columns[column]) }
  }

  /// The answer to a question about the rows, worked out when it is first asked, and kept as long as there is the table.
  public func remembered(_ question: some Hashable & Sendable, compute: () throws -> Bool) rethrows -> Bool {
    try cache.answer(to: question, compute: compute)
  }

  /// A text column with a dictionary. For a column of views that is made when first asked for, and kept; unless `isNeeded`
  /// it is given only if it is there already.
  public func dictionaryEncoded(_ column: Int, isNeeded: Bool) -> Column? {
    guard columns[column].type == .text else { return nil }
    if columns[column].dictionary != nil { return columns[column] }
    return cache.encoded(column, compute: isNeeded ? { columns[column].dictionaryEncoded() } : nil)
  }

  /// The table with a dictionary for those of some columns that have one already.
  public func encoded(_ wanted: Set<Int>) -> Table {
    if wanted.allSatisfy({ self.columns[$0].dictionary != nil }) { return self }
    var columns = Array(columns)
    for column in wanted { columns[column] = dictionaryEncoded(column, isNeeded: false) ?? columns[column] }
    return Table(descriptions: descriptions, columns: columns, rowCount: rowCount, origin: origin, note: note)
  }

  /// The bytes of memory that it holds; a dictionary or an arena that several columns share counts for each.
  public var byteCount: Int { columns.held.reduce(cache.byteCount) { $0 + $1.byteCount } }

  /// The rows of a range.
  public func slice(_ range: Range<Int>) -> Table {
    Table(
      descriptions: descriptions, columns: TableColumns(columns.map { $0.slice(range) }), rowCount: range.count,
      hiddenCells: hiddenCells.map { HiddenCells(rows: $0.rows.slice(range), columns: $0.columns) }
    )
    .adding(notes)
  }

  /// The same values, some columns of which are shown in another way.
  public func displaying(_ displays: [(name: String, display: ColumnDisplay)]) -> Table {
    var changed = descriptions
    for index in changed.indices {
      if let display = displays.last(where: { $0.name == changed[index].name })?.display {
        changed[index].display = display
      }
    }
    return Table(
      descriptions: changed, columns: columns, rowCount: rowCount, origin: origin, note: note, hiddenCells: hiddenCells
    ).adding(notes)
  }

  /// One row as values.
  public func row(_ index: Int) -> [Value] { columns.map { $0.value(index) } }
}
