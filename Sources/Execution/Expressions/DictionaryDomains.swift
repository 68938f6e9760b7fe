import ColumnStore
import Planning
import Synchronization

/// Expressions that have been computed for all entries of a dictionary, so that a row only looks its code up.
final class DictionaryDomains: Sendable {
  private struct Key: Hashable {
    let expression: PlanExpression
    let dictionary: ObjectIdentifier
  }

  private let known = Mutex<[Key: DomainWork]>([:])

  /// A dictionary with so few entries is gone through at once.
  static let fewEntries = 4096

  /// The domain of an expression over a dictionary; `compute` gives its value for every row of a batch of one text column.
  /// Nil where it has none for some entry: no row need have that one, so whether it is an error is for the rows to say.
  /// Workers that ask for the same domain at the same time compute it together.
  ///
  /// - Parameter rows: for how many rows it is asked, where nobody knows how many are to come: it is nil as long as fewer
  ///   have come than there are entries.
  func domain(
    of expression: PlanExpression, over dictionary: TextDictionary, rows: Int?, compute: (Batch) throws -> Column
  ) throws -> DictionaryDomain? {
    let key = Key(expression: expression, dictionary: ObjectIdentifier(dictionary))
    let (work, isWorthIt) = known.withLock { works in
      let work = works[key] ?? DomainWork(dictionary, type: expression.type, mayFail: expression.mayFail)
      works[key] = work
      let isSmall = dictionary.count <= Self.fewEntries
      return (work, isSmall || rows.map { work.hasRows($0, atLeast: dictionary.count) } ?? true)
    }
    return isWorthIt ? try work.finished(compute) : nil
  }
}

/// The values of an expression for all entries of a dictionary and for NULL.
struct DictionaryDomain: Sendable {
  /// One value per entry, and last the one for NULL; texts have a dictionary.
  private let values: Column
  /// Of truth values, which entries have one; nil where all have.
  private let validEntries: Bitmap?
  /// The entry that alone is true; nil where several are, or none.
  private let onlyTrueEntry: Int?

  init(values: Column) {
    self.values = values.type == .text ? values.dictionaryEncoded() : values
    validEntries = values.validity?.slice(0..<values.count - 1).validity
    if case .boolean(let bits) = values.data {
      let entries = bits.slice(0..<values.count - 1)
      onlyTrueEntry = entries.trueCount == 1 ? entries.trueIndices().first.map { Int($0) } : nil
    } else {
      onlyTrueEntry = nil
    }
  }

  /// The values for the rows of a column with that dictionary.
  func lookUp(_ column: Column) -> Column {
    let null = values.count - 1
    guard case .boolean(let bits) = values.data else { return values.gather(column.codesWithNull(null)) }
    let found =
      onlyTrueEntry.map { column.lookUp(code: $0, ofNull: bits[null]) }
      ?? column.lookUp(bits.slice(0..<null), ofNull: bits[null])
    var validity = values.isNull(null) ? column.validity : nil
    if let validEntries { validity = column.lookUp(validEntries, ofNull: !values.isNull(null)) }
    return Column(type: .boolean, data: .boolean(found), validity: validity)
  }
}
