import ColumnStore
import Planning
import Synchronization

/// Expressions that have been computed for all entries of a dictionary, so that a row only looks its code up.
final class DictionaryDomains: Sendable {
  private struct Key: Hashable {
    let expression: PlanExpression
    let dictionary: ObjectIdentifier
  }

  private struct Entry {
    let domain: DictionaryDomain?
    /// Kept alive, so that no other dictionary can come to lie at the same address.
    let dictionary: TextDictionary
  }

  private let known = Mutex<[Key: Entry]>([:])

  /// The domain of an expression over a dictionary; `compute` gives its value for every entry, and last for NULL. Nil
  /// where it has none for some entry: no row need have that one, so whether it is an error is for the rows to say.
  func domain(of expression: PlanExpression, over dictionary: TextDictionary, compute: () throws -> Column) throws
    -> DictionaryDomain?
  {
    let key = Key(expression: expression, dictionary: ObjectIdentifier(dictionary))
    if let entry = known.withLock({ $0[key] }) { return entry.domain }
    var domain: DictionaryDomain?
    do {
      domain = DictionaryDomain(values: try compute())
    } catch is ExecutionError where expression.mayFail {
      domain = nil
    }
    // Two workers may get here at once; the first one's domain is kept, so that all share one result dictionary.
    return known.withLock { entries in
      if let entry = entries[key] { return entry.domain }
      entries[key] = Entry(domain: domain, dictionary: dictionary)
      return domain
    }
  }
}

/// The values of an expression for all entries of a dictionary and for NULL.
struct DictionaryDomain: Sendable {
  /// One value per entry, and last the one for NULL; texts have a dictionary.
  let values: Column

  init(values: Column) {
    self.values = values.type == .text ? values.dictionaryEncoded() : values
  }

  /// The values for the rows of a column with that dictionary.
  func lookUp(_ column: Column) -> Column {
    values.gather(column.codesWithNull(values.count - 1))
  }
}

extension Column {
  /// One row per entry of a dictionary, and a last one without a value.
  static func entries(of dictionary: TextDictionary) -> Column {
    let validity = MutableBitmap(count: dictionary.count + 1)
    for code in 0..<dictionary.count { validity.set(code) }
    var views = Array(dictionary.views)
    views.append(.empty)
    return Column(type: .text, data: .views(Buffer(views), dictionary.heap), validity: validity.frozen())
  }
}
