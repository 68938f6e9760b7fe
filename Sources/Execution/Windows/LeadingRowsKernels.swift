import ColumnStore
import Planning
import Synchronization

/// The rows that can be among the first of their partition, where only these are asked for: the others need be neither
/// sorted nor numbered.
///
/// Each worker keeps the smallest words seen of every partition, as many as ranks pass; a row whose word is above all of
/// them is out. Words order as the rows do, but different rows may have one word. What is left is a beginning of every
/// partition, or all that is missing from one comes after the ranks that are asked for: the ranks of the rows that are
/// left are what they were, up to the limit.
struct LeadingRows {
  private let input: WindowInput
  private let keys: [Column]
  private let order: Column
  private let sortKey: SortKey
  private let layout: DenseLayout?
  private let rule: LeadingWords.Rule
  private let limit: Int

  /// More words than these are not kept in order one by one.
  private static let mostWords = 256
  /// Fewer rows are soon sorted.
  private static let leastRows = 1 << 12

  /// Nil where it would not help: where partitions have no dense numbers, or hardly more rows than are asked for.
  init?(_ limit: RankLimit, _ input: WindowInput) throws {
    guard let sortKey = limit.layout.order.first, limit.count <= Self.mostWords, input.rowCount >= Self.leastRows,
      input.rowCount < Int(UInt32.max)
    else { return nil }
    layout = limit.layout.partition.isEmpty ? nil : input.denseLayout(limit.layout.partition)
    guard layout != nil || limit.layout.partition.isEmpty else { return nil }
    let groupCount = layout?.groupCount ?? 1
    guard groupCount.multipliedWithoutOverflow(by: limit.count) <= input.rowCount / 2 else { return nil }
    order = try input.column(sortKey.expression)
    switch order.data {
    case .codes8, .codes16, .codes32, .views, .lists: return nil
    default: break
    }
    keys = try limit.layout.partition.map { try input.column($0) }
    self.input = input
    self.sortKey = sortKey
    self.limit = limit.count
    if limit.limited == .denseRank {
      rule = .differentWords
    } else {
      // Where equal words are equal keys, later rows come after the ones that are there.
      let areKeys = limit.layout.order.count == 1 && order.validity == nil && !order.type.isWide
      rule = areKeys && limit.operations == [.rowNumber] ? .earlierRows : .words
    }
  }

  /// The rows that are left, in their order.
  func table() throws -> Table {
    let workers = Mutex<[LeadingWords?]>(Array(repeating: nil, count: WorkerPool.shared.threadCount))
    try WorkerPool.shared.run(parts: Segment.count(rows: input.rowCount)) { part, number in
      try input.context.checkCancellation()
      let worker = workers.withLock { workers in
        let worker = workers[number] ?? LeadingWords(layout.map { DenseGrouper($0) }, limit: limit, rule)
        workers[number] = worker
        return worker
      }
      let range = Segment.range(part, rows: input.rowCount)
      worker.take(keys.map { $0.slice(range) }, words(range), firstRow: range.lowerBound)
    }
    let all = workers.withLock { $0.compactMap { $0 } }
    guard let first = all.first else { return input.table }
    for other in all.dropFirst() { first.merge(other) }
    let isLeft = MutableBitmap(count: input.rowCount)
    for worker in all { worker.mark(isLeft, below: first) }
    let rows = isLeft.frozen().trueIndices()
    return Table(
      descriptions: input.table.descriptions, columns: input.table.columns.map { $0.gather(rows) },
      rowCount: rows.count)
  }

  /// One word for the first key of each row.
  private func words(_ range: Range<Int>) -> Buffer<UInt64> {
    let words = SortOperator.sortWords(
      order.slice(range), isDescending: sortKey.isDescending, nullsFirst: sortKey.nullsFirst)
    guard order.validity != nil, words.count > 1 else { return words[0] }
    let joined = MutableBuffer<UInt64>(count: range.count)
    for row in 0..<range.count {
      joined.pointer[row] = words[0].pointer[row] << 63 | words[1].pointer[row] >> 1
    }
    return joined.frozen()
  }
}

extension DataType {
  /// Whether a value takes more than one word.
  fileprivate var isWide: Bool {
    switch self {
    case .interval, .count: true
    case .decimal(let precision, _): precision > Decimal.narrowPrecision
    default: false
    }
  }
}

/// The smallest words of every partition that one worker has seen, and the rows that were among them at the time.
///
/// `@unchecked Sendable`: a worker number is never in use twice at the same time, and workers are merged once all have ended.
final class LeadingWords: @unchecked Sendable {
  /// What keeps a row out.
  enum Rule {
    /// As many smaller words as ranks pass.
    case words
    /// As many different smaller words.
    case differentWords
    /// As many words that are smaller, or the same in earlier rows.
    case earlierRows
  }

  private let grouper: DenseGrouper?
  private let limit: Int
  private let rule: Rule
  private let groupCount: Int
  /// For each partition its smallest words, ascending, and behind them what no word is above.
  private let smallest: MutableBuffer<UInt64>
  /// For each partition how many of them there are.
  private let counts: MutableBuffer<UInt16>
  /// For each partition the last of them.
  private let thresholds: MutableBuffer<UInt64>
  private var candidates: [(word: UInt64, row: UInt32, group: UInt32)] = []

  /// - Parameter grouper: numbers the partitions; nil where there is one only.
  init(_ grouper: DenseGrouper?, limit: Int, _ rule: Rule) {
    self.grouper = grouper
    self.limit = limit
    self.rule = rule
    groupCount = grouper?.groupCount ?? 1
    smallest = MutableBuffer(count: groupCount * limit)
    smallest.pointer.update(repeating: .max, count: groupCount * limit)
    thresholds = MutableBuffer(count: groupCount)
    thresholds.pointer.update(repeating: .max, count: groupCount)
    counts = MutableBuffer(count: groupCount, zeroed: true)
  }

  /// Takes the rows of a part, which come behind those taken before.
  func take(_ keys: [Column], _ words: Buffer<UInt64>, firstRow: Int) {
    let groups = grouper?.groups(keys, count: words.count, firstRow: firstRow)
    let thresholds = thresholds.pointer
    var candidates = candidates
    self.candidates = []
    for row in 0..<words.count {
      let group = Int(groups?.pointer[row] ?? 0)
      let word = words.pointer[row]
      guard word <= thresholds[group] else { continue }
      if !insert(word, group), rule == .earlierRows { continue }
      candidates.append(
        (word, UInt32(truncatingIfNeeded: firstRow + row), UInt32(truncatingIfNeeded: group)))
    }
    self.candidates = candidates
  }

  /// Puts a word among the smallest of a partition; false where it is not one of them, or there already and of no use
  /// twice.
  private func insert(_ word: UInt64, _ group: Int) -> Bool {
    let own = smallest.pointer + group * limit
    let count = Int(counts.pointer[group])
    var place = count
    while place > 0, own[place - 1] > word { place -= 1 }
    if place == limit || rule == .differentWords && place > 0 && own[place - 1] == word { return false }
    let moved = min(count, limit - 1) - place
    if moved > 0 { (own + place + 1).update(from: own + place, count: moved) }
    own[place] = word
    counts.pointer[group] = UInt16(truncatingIfNeeded: min(count + 1, limit))
    thresholds.pointer[group] = own[limit - 1]
    return true
  }

  /// Takes over the words of another worker.
  func merge(_ other: LeadingWords) {
    for group in 0..<groupCount {
      for place in 0..<Int(other.counts.pointer[group]) {
        _ = insert(other.smallest.pointer[group * limit + place], group)
      }
    }
  }

  /// Marks the candidates whose words are among the smallest of all workers.
  func mark(_ rows: MutableBitmap, below all: LeadingWords) {
    for candidate in candidates where candidate.word <= all.thresholds[Int(candidate.group)] {
      rows.set(Int(candidate.row))
    }
  }
}
