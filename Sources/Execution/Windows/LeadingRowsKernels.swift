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
    // Each segment was one worker's, so that no two of them write to one word.
    WorkerPool.shared.forEach(parts: all.count) { all[$0].mark(isLeft, below: first) }
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
  private var candidates: [(word: UInt64, row: UInt32, group: UInt32)] = []

  /// - Parameter grouper: numbers the partitions; nil where there is one only.
  init(_ grouper: DenseGrouper?, limit: Int, _ rule: Rule) {
    self.grouper = grouper
    self.limit = limit
    self.rule = rule
    groupCount = grouper?.groupCount ?? 1
    smallest = MutableBuffer(count: groupCount * limit)
    smallest.pointer.update(repeating: .max, count: groupCount * limit)
  }

  /// Takes the rows of a part, which come behind those taken before.
  func take(_ keys: [Column], _ words: Buffer<UInt64>, firstRow: Int) {
    switch rule {
    case .words: take(keys, words, firstRow, skipsSame: false, keepsAll: true)
    case .differentWords: take(keys, words, firstRow, skipsSame: true, keepsAll: true)
    case .earlierRows: take(keys, words, firstRow, skipsSame: false, keepsAll: false)
    }
  }

  /// - Parameter keepsAll: whether a row that has the word of the last one of the smallest is left as well.
  @inline(__always)
  private func take(_ keys: [Column], _ words: Buffer<UInt64>, _ firstRow: Int, skipsSame: Bool, keepsAll: Bool) {
    let groups = grouper?.numbered(keys, count: words.count)
    let (smallest, limit) = (smallest.pointer, limit)
    var candidates = candidates
    self.candidates = []
    for row in 0..<words.count {
      let group = Int(groups?.pointer[row] ?? 0)
      let word = words.pointer[row]
      let own = smallest + group * limit
      guard word <= own[limit - 1] else { continue }
      // The largest word is never put among them; rows that have it are left, which does no harm.
      if !Self.insert(word, own, limit, skipsSame: skipsSame), !keepsAll, word != .max { continue }
      candidates.append(
        (word, UInt32(truncatingIfNeeded: firstRow + row), UInt32(truncatingIfNeeded: group)))
    }
    self.candidates = candidates
  }

  /// Puts a word among the smallest of a partition; false where it is not below the last of them, or skipped since it is
  /// there already.
  @inline(__always)
  private static func insert(_ word: UInt64, _ own: UnsafeMutablePointer<UInt64>, _ limit: Int, skipsSame: Bool) -> Bool
  {
    var place = limit
    while place > 0, own[place - 1] > word { place -= 1 }
    if place == limit || skipsSame && place > 0 && own[place - 1] == word { return false }
    var moved = limit - 1
    while moved > place {
      own[moved] = own[moved - 1]
      moved -= 1
    }
    own[place] = word
    return true
  }

  /// Takes over the words of another worker.
  func merge(_ other: LeadingWords) {
    for group in 0..<groupCount {
      let own = smallest.pointer + group * limit
      for word in UnsafeBufferPointer(start: other.smallest.pointer + group * limit, count: limit) {
        if !Self.insert(word, own, limit, skipsSame: rule == .differentWords), word >= own[limit - 1] { break }
      }
    }
  }

  /// Marks the candidates whose words are among the smallest of all workers.
  func mark(_ rows: MutableBitmap, below all: LeadingWords) {
    let (smallest, limit) = (all.smallest.pointer, limit)
    for candidate in candidates where candidate.word <= smallest[Int(candidate.group) * limit + limit - 1] {
      rows.set(Int(candidate.row))
    }
  }
}
