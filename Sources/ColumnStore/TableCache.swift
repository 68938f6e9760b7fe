import Synchronization

/// What has been worked out of a table's columns already; shared by all copies of the table.
final class TableCache: Sendable {
  private struct Known {
    var statistics: ColumnStatistics?
    var encoded: Column?
    var distinct: Int?
    var distinctTexts: Int?
    var searchedRows = 0
  }

  private let known: Mutex<[Known]>
  private let answers = Mutex<[Question: Bool]>([:])

  /// A question of any kind.
  private struct Question: Hashable, Sendable {
    let asked: any Hashable & Sendable

    static func == (left: Question, right: Question) -> Bool { AnyHashable(left.asked) == AnyHashable(right.asked) }
    func hash(into hasher: inout Hasher) { asked.hash(into: &hasher) }
  }

  init(columnCount: Int) { known = Mutex(Array(repeating: Known(), count: columnCount)) }

  func statistics(_ column: Int, compute: () -> ColumnStatistics) -> ColumnStatistics {
    if let statistics = known.withLock({ $0[column].statistics }) { return statistics }
    let computed = compute()
    known.withLock { $0[column].statistics = computed }
    return computed
  }

  /// The statistics of a column, if somebody has asked for them before.
  func knownStatistics(_ column: Int) -> ColumnStatistics? { known.withLock { $0[column].statistics } }

  func distinctEstimate(_ column: Int, compute: () -> Int) -> Int {
    if let distinct = known.withLock({ $0[column].distinct }) { return distinct }
    let computed = compute()
    known.withLock { $0[column].distinct = computed }
    return computed
  }

  func distinctTexts(_ column: Int, compute: () -> Int) -> Int {
    if let distinct = known.withLock({ $0[column].distinctTexts }) { return distinct }
    let computed = compute()
    known.withLock { $0[column].distinctTexts = computed }
    return computed
  }

  /// In how many rows of a column texts have been searched.
  func searchedRows(_ column: Int) -> Int { known.withLock { $0[column].searchedRows } }

  func noteSearch(_ column: Int, rows: Int) {
    known.withLock {
      let (sum, overflow) = $0[column].searchedRows.addingReportingOverflow(rows)
      $0[column].searchedRows = overflow ? .max : sum
    }
  }

  /// The column with a dictionary; nil where nobody has asked `compute` for one yet.
  func encoded(_ column: Int, compute: (() -> Column)?) -> Column? {
    if let encoded = known.withLock({ $0[column].encoded }) { return encoded }
    guard let computed = compute?() else { return nil }
    known.withLock { $0[column].encoded = computed }
    return computed
  }

  func answer(to asked: some Hashable & Sendable, compute: () throws -> Bool) rethrows -> Bool {
    let question = Question(asked: asked)
    if let answer = answers.withLock({ $0[question] }) { return answer }
    let computed = try compute()
    answers.withLock { $0[question] = computed }
    return computed
  }

  /// The bytes that the dictionaries made later take, beside the columns they were made of.
  var byteCount: Int {
    known.withLock { $0.reduce(0) { $0 + ($1.encoded.map { $0.ownByteCount } ?? 0) } }
  }
}

extension Column {
  /// The bytes of codes and entries, without those of the texts, which a column made by `dictionaryEncoded` shares.
  fileprivate var ownByteCount: Int {
    guard case .codes32(let codes, let dictionary) = data else { return 0 }
    return codes.byteCount + dictionary.views.byteCount
  }
}
