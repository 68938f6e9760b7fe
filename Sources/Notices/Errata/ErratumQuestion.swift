import ColumnStore
import Language
import Planning

/// Whether an erratum touches what a query looks at in a table: whether one of the rows that it looks at is affected.
public struct ErratumQuestion: Hashable, Sendable {
  private let erratum: Erratum
  private let sources: [Scan.Source]
  private let conditions: [PlanExpression]
  /// The table's columns that say whose a row is, and of when; nil where the source has none, or the erratum does not ask.
  private let platform: Int?
  private let time: Int?

  /// The question; nil where nothing that is affected is read.
  public init?(_ erratum: Erratum, of use: TableUse, from adapter: SourceAdapter) {
    let names = use.scan.table.descriptions.map(\.name)
    let canonical = adapter.canonicalNames(names)
    func name(_ column: Int) -> String { canonical[names[column].lowercased()] ?? names[column] }
    let read = Set(use.scan.columnsRead.map { name($0).lowercased() })
    guard erratum.fields.isEmpty || erratum.fields.contains(where: { read.contains($0.lowercased()) }) else {
      return nil
    }
    func column(_ wanted: String?) -> Int? { wanted.flatMap { wanted in names.indices.first { name($0) == wanted } } }
    self.erratum = erratum
    sources = use.scan.sources
    conditions = use.conditions
    platform = erratum.platforms.isEmpty ? nil : column(adapter.platformColumn)
    time = erratum.first == nil && erratum.last == nil ? nil : column(adapter.timeColumn)
  }

  /// The table's columns that have to be read for the answer, besides those that the query reads.
  public var columnsNeeded: Set<Int> { Set([platform, time].compactMap(\.self)) }

  /// The plan that counts the affected rows among those that the query looks at.
  ///
  /// - Parameter table: the table that the query reads, with the columns that are needed.
  public func count(in table: Table, of use: TableUse) -> LogicalPlan {
    var scan = use.scan
    scan.table = table
    func add(_ column: Int) -> PlanExpression {
      let description = table.descriptions[column]
      scan.fields.append(Field(name: description.name, type: description.type))
      scan.sources.append(.column(column))
      return PlanExpression(.column(scan.fields.count - 1), type: description.type, span: Self.nowhere)
    }
    var all = conditions
    if let platform, table.descriptions[platform].type == .text {
      let names = erratum.platforms.map { Value.text($0) }
      all.append(PlanExpression(.memberOf(add(platform), names), type: .boolean, span: Self.nowhere))
    }
    if let time { all += period(add(time)) }
    let count = Aggregate(
      function: .countRows, arguments: [], name: "count", type: .integer, span: Self.nowhere)
    let rows = LogicalPlan.scan(scan)
    let affected = PlanExpression.conjunction(all).map { .filter(rows, predicate: $0) } ?? rows
    return .aggregate(affected, keys: [], aggregates: [count])
  }

  /// That a time lies in the days that are affected; nothing for what is no time.
  private func period(_ time: PlanExpression) -> [PlanExpression] {
    func compare(_ function: ScalarFunction, _ day: Int32) -> PlanExpression? {
      let value: Value
      switch time.type {
      case .date: value = .date(day)
      case .timestamp: value = .timestamp(Int64(day) * 86_400_000_000)
      default: return nil
      }
      let literal = PlanExpression(.literal(value), type: time.type, span: Self.nowhere)
      return PlanExpression(.call(function, [time, literal]), type: .boolean, span: Self.nowhere)
    }
    return [
      erratum.first.flatMap { compare(.greaterOrEqual, $0) }, erratum.last.flatMap { compare(.less, $0 + 1) },
    ].compactMap(\.self)
  }

  private static let nowhere = SourceSpan(start: 0, end: 0)
}
