import ColumnStore
import Planning

/// Rows that can be had in numbered parts, each by whichever worker asks for it. A part may be asked for once only or
/// several times, and always gives the same rows; the parts in order are the rows in order.
protocol RowSource: Sendable {
  /// How many parts there are.
  var partCount: Int { get }
  /// At most how many rows a part has.
  var partBound: Int { get }
  /// About how many rows there are in all; to choose by, never to trust.
  var rowBound: Int { get }
  /// How many rows there are, where that is known before they are made.
  var knownRowCount: Int? { get }
  /// The rows of a part.
  func part(_ index: Int) throws -> Batch
  /// All rows, where they are there without being made or copied.
  func whole() -> Batch?
  /// What is known beforehand of a column: the values that it can take.
  func domain(_ column: Int) -> ColumnDomain
  /// The same source with dictionaries for texts, where that can be: a dictionary that is not there yet is made only if
  /// `isNeeded`.
  func encoded(_ columns: Set<Int>, isNeeded: Bool) -> any RowSource
  /// The same source for somebody who looks at some of the columns only: the others may be left empty.
  func reading(_ columns: Set<Int>) -> any RowSource
}

extension RowSource {
  /// Columns that cost nothing need not be left empty.
  func reading(_ columns: Set<Int>) -> any RowSource { self }

  /// Rows that are computed have no dictionaries that could be kept.
  func encoded(_ columns: Set<Int>, isNeeded: Bool) -> any RowSource { self }
  var knownRowCount: Int? { nil }
  func whole() -> Batch? { nil }
}

/// What is known of a column before its rows are read.
enum ColumnDomain: Sendable {
  /// Nothing.
  case unknown
  /// All rows use the codes of this dictionary.
  case dictionary(TextDictionary, mayBeNull: Bool)
  /// Whole numbers, days or microseconds in a range.
  case range(ClosedRange<Int64>, mayBeNull: Bool)
  /// Truth values.
  case boolean(mayBeNull: Bool)

  /// The dictionary, where all rows use one.
  var dictionary: TextDictionary? {
    if case .dictionary(let dictionary, _) = self { dictionary } else { nil }
  }

  /// Whether a row may have no value.
  var mayBeNull: Bool {
    switch self {
    case .unknown: true
    case .dictionary(_, let mayBeNull), .range(_, let mayBeNull), .boolean(let mayBeNull): mayBeNull
    }
  }
}

/// The segments of a table.
struct TableSource: RowSource {
  let table: Table
  /// The columns in full.
  var columns: [Column]
  /// Which of the table's columns they are; nil for those that are made up.
  let tableColumns: [Int?]
  /// Told of the rows that are read; nil where nobody waits, and for rows that were made on the way.
  private let meter: QueryMeter?

  init(_ scan: Scan, _ meter: QueryMeter? = nil) {
    table = scan.table
    self.meter = meter
    let rowCount = scan.table.rowCount
    columns = scan.sources.map { source in
      switch source {
      case .column(let index): scan.table.columns[index]
      case .file: scan.table.origin?.fileColumn(rowCount: rowCount) ?? .nulls(type: .text, count: rowCount)
      case .line: scan.table.origin?.lineColumn(rowCount: rowCount) ?? .nulls(type: .integer, count: rowCount)
      case .row(let first):
        Column(type: .integer, data: ColumnData(narrowing: (0..<rowCount).map { Int64(first + $0) }))
      }
    }
    tableColumns = scan.sources.map { if case .column(let index) = $0 { index } else { nil } }
  }

  /// A source of all columns of a table.
  init(_ table: Table) {
    self.table = table
    meter = nil
    columns = Array(table.columns)
    tableColumns = columns.indices.map { $0 }
  }

  var partCount: Int { Segment.count(rows: table.rowCount) }
  var partBound: Int { min(Segment.rowCount, table.rowCount) }
  var rowBound: Int { table.rowCount }
  var knownRowCount: Int? { table.rowCount }

  func part(_ index: Int) -> Batch {
    let range = Segment.range(index, rows: table.rowCount)
    meter?.read(range.count)
    return Batch(columns: columns.map { $0.slice(range) }, count: range.count)
  }

  func whole() -> Batch? {
    meter?.read(table.rowCount)
    return Batch(columns: columns, count: table.rowCount)
  }

  /// What the values of a column can be in a part, as far as is known without looking.
  func bounds(_ column: Int, inPart part: Int) -> ColumnBounds {
    guard let index = tableColumns[column], let known = table.knownStatistics(index), part < known.segments.count else {
      return .unknown
    }
    let rowCount = Segment.range(part, rows: table.rowCount).count
    return ColumnBounds(known.segments[part], rowCount: rowCount, type: columns[column].type)
  }

  func domain(_ column: Int) -> ColumnDomain {
    let values = columns[column]
    let mayBeNull = values.validity != nil
    if let dictionary = values.dictionary { return .dictionary(dictionary, mayBeNull: mayBeNull) }
    if values.type == .boolean { return .boolean(mayBeNull: mayBeNull) }
    guard [.integer, .date, .timestamp].contains(values.type), let index = tableColumns[column],
      let range = table.statistics(index).total.range
    else { return .unknown }
    return .range(range, mayBeNull: mayBeNull)
  }

  func encoded(_ wanted: Set<Int>, isNeeded: Bool) -> any RowSource {
    var result = self
    for column in wanted {
      guard let index = tableColumns[column] else { continue }
      if let encoded = table.dictionaryEncoded(index, isNeeded: isNeeded) { result.columns[column] = encoded }
    }
    return result
  }
}

/// The rows for which a predicate is true.
struct FilterSource: RowSource {
  let input: any RowSource
  let predicate: PlanExpression
  let evaluator: Evaluator
  /// The columns that somebody looks at; nil for all.
  private let read: Set<Int>?
  /// The conditions that may be asked of a segment's statistics before any row is looked at: those in front of the first
  /// that may fail.
  private let askedFirst: [PlanExpression]
  /// The columns of the table below whose texts are searched row by row.
  private let searched: [Int]

  init(_ input: any RowSource, _ predicate: PlanExpression, reading read: Set<Int>? = nil) {
    let input = (input as? TableSource)?.searchable(by: predicate) ?? input
    searched = (input as? TableSource)?.searched(by: predicate) ?? []
    self.input = read.map { input.reading($0.union(predicate.columns)) } ?? input
    self.predicate = predicate
    self.read = read
    askedFirst = input is TableSource ? Array(predicate.conjuncts.prefix { !$0.mayFail }) : []
    evaluator = Evaluator(rowCount: input.rowBound, allCome: input.knownRowCount != nil)
  }

  var partCount: Int { input.partCount }
  var partBound: Int { input.partBound }
  var rowBound: Int { input.rowBound }

  func part(_ index: Int) throws -> Batch {
    let batch = try input.part(index)
    if let table = input as? TableSource, table.partCount > 1, isRuledOut(index, of: table) {
      return batch.slice(0..<0)
    }
    for column in searched { (input as? TableSource)?.table.noteSearch(column, rows: batch.count) }
    let selection = try evaluator.selection(predicate, batch)
    let indices = selection.trueIndices()
    return indices.count == batch.count ? batch : batch.gather(indices, columns: read)
  }

  func domain(_ column: Int) -> ColumnDomain { input.domain(column) }

  /// Whether the statistics of a segment say that no row of it passes.
  private func isRuledOut(_ part: Int, of table: TableSource) -> Bool {
    askedFirst.contains { !$0.truths { table.bounds($0, inPart: part) }.contains(.isTrue) }
  }

  /// A filter may leave few rows, for which the whole column's dictionary would be too much work.
  func encoded(_ columns: Set<Int>, isNeeded: Bool) -> any RowSource {
    let known = input.encoded(columns, isNeeded: false)
    let lacksOne = isNeeded && columns.contains { known.domain($0).dictionary == nil }
    return FilterSource(
      lacksOne && leavesMany ? input.encoded(columns, isNeeded: true) : known, predicate, reading: read)
  }

  /// Whether a sixteenth of the rows passes, judged by the part in the middle: from there on a dictionary of all rows is
  /// sooner made than the texts of those that pass are hashed.
  private var leavesMany: Bool {
    guard partCount > 1, let sample = try? part(partCount / 2) else { return false }
    return sample.count >= partBound / 16
  }

  func reading(_ columns: Set<Int>) -> any RowSource { FilterSource(input, predicate, reading: columns) }
}

/// New columns computed from each row.
struct ProjectSource: RowSource {
  let input: any RowSource
  let expressions: [PlanExpression]
  let evaluator: Evaluator
  /// The expressions that somebody looks at.
  private let read: Set<Int>

  init(_ input: any RowSource, _ expressions: [PlanExpression], reading read: Set<Int>? = nil) {
    // What may fail must fail, whether anybody looks or not.
    let read = read.map { $0.union(expressions.indices.filter { expressions[$0].mayFail }) } ?? Set(expressions.indices)
    self.input = input.reading(read.map { expressions[$0] }.columns)
    self.expressions = expressions
    self.read = read
    evaluator = Evaluator(rowCount: input.rowBound)
  }

  var partCount: Int { input.partCount }
  var partBound: Int { input.partBound }
  var rowBound: Int { input.rowBound }
  var knownRowCount: Int? { input.knownRowCount }

  func part(_ index: Int) throws -> Batch {
    let batch = try input.part(index)
    let columns = try expressions.enumerated().map { index, expression in
      read.contains(index)
        ? try evaluator.column(expression, batch) : Column.nulls(type: expression.type, count: 0)
    }
    return Batch(columns: columns, count: batch.count)
  }

  /// Where nothing is computed the columns are shared.
  func whole() -> Batch? {
    let below = expressions.compactMap { if case .column(let index) = $0.kind { index } else { nil } }
    guard below.count == expressions.count else { return nil }
    return input.whole().map { all in Batch(columns: below.map { all.columns[$0] }, count: all.count) }
  }

  func encoded(_ columns: Set<Int>, isNeeded: Bool) -> any RowSource {
    let below = columns.compactMap { column -> Int? in
      if case .column(let index) = expressions[column].kind { index } else { nil }
    }
    return ProjectSource(input.encoded(Set(below), isNeeded: isNeeded), expressions, reading: read)
  }

  func reading(_ columns: Set<Int>) -> any RowSource { ProjectSource(input, expressions, reading: columns) }

  func domain(_ column: Int) -> ColumnDomain {
    if case .column(let index) = expressions[column].kind { return input.domain(index) }
    return .unknown
  }
}

/// The rows of several sources, one source after the other.
struct UnionSource: RowSource {
  let inputs: [any RowSource]
  private let firstParts: [Int]

  init(_ inputs: [any RowSource]) {
    self.inputs = inputs
    var total = 0
    firstParts = inputs.map { input in
      defer { total = total.addingWithoutOverflow(input.partCount) }
      return total
    }
    partCount = total
  }

  let partCount: Int
  var partBound: Int { inputs.reduce(0) { max($0, $1.partBound) } }
  var rowBound: Int { inputs.reduce(0) { $0.addingWithoutOverflow($1.rowBound) } }

  func part(_ index: Int) throws -> Batch {
    // Sources without parts share their first part's number with the next one, which comes last.
    guard let input = firstParts.lastIndex(where: { $0 <= index }) else { return Batch(columns: [], count: 0) }
    return try inputs[input].part(index - firstParts[input])
  }

  func domain(_ column: Int) -> ColumnDomain { .unknown }
}

extension Int {
  /// The sum of numbers from 0 on, or the largest number where it is beyond.
  func addingWithoutOverflow(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  /// The product of numbers from 0 on, or the largest number where it is beyond.
  func multipliedWithoutOverflow(by other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
