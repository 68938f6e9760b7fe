import ColumnStore
import Synchronization

/// One load: plans for the columns, all chunks read by all workers, columns whose plan failed read again, columns finished.
///
/// A plan that fails costs its column one more reading, not more: from the chunk that did not fit on, values are only
/// classified, so that after the first reading the column's type is known for the whole of the files.
///
/// Where the records of the files have not been looked for, the first reading does it (see `RecordChain`).
struct TableLoad: Sendable {
  struct Part: Sendable {
    var file: Int
    /// The number of a chunk, or of a piece of a file whose chunks are not known.
    var chunk: Int
  }

  let files: [SourceFile]
  let names: [String]
  let wanted: [Int]
  let options: LoadOptions
  let tuning: SourceFile.Tuning
  let control: LoadControl
  let markers: NullMarkers
  /// The block of the text heap that each mapped file is; nil for files in memory, whose texts are copied.
  let heapBlocks: [Int?]
  /// Where the records of each file lie; empty while that is not known of all.
  private(set) var indices: [RecordIndex] = []
  private(set) var firstRows: [Int] = []
  private(set) var rowCount = 0
  private(set) var parts: [Part] = []

  /// A load of files, of some of which it may be known where their records lie.
  init(
    files: [SourceFile], names: [String], wanted: [Int], options: LoadOptions, tuning: SourceFile.Tuning,
    control: LoadControl
  ) {
    self.files = files
    self.names = names
    self.wanted = wanted
    self.options = options
    self.tuning = tuning
    self.control = control
    markers = NullMarkers(options.nulls)
    var blocks: [Int?] = []
    var mapped = 0
    for file in files {
      // Half of the block numbers are left for copies.
      let isBlock = file.bytes.mapping != nil && mapped < 1 << 15
      blocks.append(isBlock ? mapped : nil)
      if isBlock { mapped += 1 }
    }
    heapBlocks = blocks
    let known = files.compactMap(\.index)
    if known.count == files.count {
      take(known)
    } else {
      for (number, file) in files.enumerated() {
        let pieces = (file.dataRange.count + tuning.chunkSize - 1) / tuning.chunkSize
        parts += (0..<(file.index?.chunks.count ?? pieces)).map { Part(file: number, chunk: $0) }
      }
    }
  }

  /// From here on it is known where the records lie.
  private mutating func take(_ found: [RecordIndex]) {
    indices = found
    firstRows = []
    rowCount = 0
    parts = []
    for (number, index) in found.enumerated() {
      firstRows.append(rowCount)
      rowCount += index.rowCount
      for chunk in index.chunks.indices { parts.append(Part(file: number, chunk: chunk)) }
    }
  }

  /// Reads everything.
  ///
  /// - Throws: `UnsurveyedFile` when that cannot be done before the records have been looked for.
  mutating func run(emptyFiles: [String]) throws -> LoadedTable {
    let sampler = ColumnSampler(load: self)
    try sampler.read()
    var plans: [Int: ColumnPlan] = [:]
    for (column, plan) in zip(wanted, sampler.plans()) { plans[column] = plan }

    var dictionaries: [Int: SharedDictionary] = [:]
    var outcome = LoadOutcome(markerCount: markers.texts.count)
    var pending = wanted
    var isFirstAttempt = true
    var failures: [Int: Int] = [:]
    while isFirstAttempt || !pending.isEmpty {
      let chain = indices.isEmpty ? RecordChain(parts: parts, of: files, capacity: sampler.capacity) : nil
      let sinks = pending.compactMap { column in
        plans[column].map {
          sink(for: column, plan: $0, capacity: sampler.capacity, dictionaries: &dictionaries)
        }
      }
      let workers = try readAll(pending, sinks, chain, sampled: sampler.places, isFirstAttempt: isFirstAttempt)
      if let chain {
        if let file = chain.indices.firstIndex(where: { $0.census.badBytes > 0 }) { throw UnsurveyedFile(file: file) }
        take(zip(files, chain.indices).map { file, found in file.index ?? found })
      }
      for sink in sinks { sink.close(rowCount: rowCount) }
      if isFirstAttempt { outcome.takeFindings(workers) }
      var failed: [Int] = []
      for (number, column) in pending.enumerated() {
        let shares = workers.map { $0.columns[number] }
        if sinks[number].hasFailed.load(ordering: .relaxed) {
          var summary = ColumnSummary()
          for share in shares { summary.merge(share.summary) }
          failures[column, default: 0] += 1
          // Files that write numbers in different ways can each make the other's reading fail: what fits all is text.
          let isHopeless = failures[column, default: 0] > 2 && plans[column]?.reading != .text
          plans[column] =
            isHopeless
            ? ColumnPlan.text(rowCount: rowCount)
            : plans[column]?.widened(summary: summary, decimal: options.decimal, rowCount: rowCount)
          failed.append(column)
        } else {
          try outcome.finish(column, sinks[number], shares, in: self)
        }
      }
      pending = failed
      isFirstAttempt = false
    }
    // Of a file that was read only some texts may be asked for again.
    for file in files { file.bytes.mapping?.releasePages() }
    return outcome.table(of: self, emptyFiles: emptyFiles)
  }

  private func sink(
    for column: Int, plan: ColumnPlan, capacity: Int, dictionaries: inout [Int: SharedDictionary]
  ) -> ColumnSink {
    var dictionary = dictionaries[column]
    if plan.reading == .text, plan.storage != .views, dictionary == nil {
      let fresh = SharedDictionary()
      fresh.seed(plan.seeds)
      dictionaries[column] = fresh
      dictionary = fresh
    }
    return ColumnSink(
      plan: plan, capacity: indices.isEmpty ? capacity : rowCount, firstBlock: heapBlocks.count { $0 != nil },
      dictionary: dictionary)
  }

  /// Reads the pending columns of all chunks; gives back the workers with what they found.
  private func readAll(
    _ pending: [Int], _ sinks: [ColumnSink], _ chain: RecordChain?, sampled: Set<Int>, isFirstAttempt: Bool
  ) throws -> [ChunkWorker] {
    let workerCount = max(1, min(WorkerPool.shared.threadCount, parts.count))
    let workers = WorkerBox(
      (0..<workerCount).map { _ in
        let worker = ChunkWorker()
        worker.columns = zip(pending, sinks).map { column, sink in
          ColumnWorker(sink: sink, column: column, markerCount: markers.texts.count)
        }
        return worker
      })
    let total = files.reduce(0) { $0 + $1.dataRange.count }
    let done = Atomic<Int>(0)
    try WorkerPool.shared.run(parts: parts.count) { number, index in
      let worker = workers.all[index]
      let place: ChunkPlace
      do {
        try control.check()
        place =
          if let chain { try find(number, worker.fields, chain, isSampled: sampled.contains(number)) } else {
            try find(parts[number], worker.fields)
          }
      } catch {
        // Nobody waits for a part that will not come.
        chain?.fail(error)
        throw error
      }
      try CalendarTable.with { calendar in
        try read(place, worker: worker, isFirstAttempt: isFirstAttempt, calendar: calendar)
      }
      if isFirstAttempt {
        control.meter.read(done.wrappingAdd(place.chunk.range.count, ordering: .relaxed).newValue, of: total)
      }
    }
    return workers.all
  }
}

/// The workers of one job.
///
/// `@unchecked Sendable`: the pool never gives two threads the same worker at once.
private final class WorkerBox: @unchecked Sendable {
  let all: [ChunkWorker]

  init(_ all: [ChunkWorker]) { self.all = all }
}
