import ColumnStore
import Synchronization

/// One load: plans for the columns, all chunks read by all workers, columns whose plan failed read again, columns finished.
///
/// A plan that fails costs its column one more reading, not more: from the chunk that did not fit on, values are only
/// classified, so that after the first reading the column's type is known for the whole of the files.
struct TableLoad: Sendable {
  struct Part: Sendable {
    var file: Int
    var chunk: Int
  }

  let files: [SourceFile]
  let names: [String]
  let wanted: [Int]
  let options: LoadOptions
  let tuning: SourceFile.Tuning
  let control: LoadControl
  let markers: NullMarkers
  let firstRows: [Int]
  let rowCount: Int
  /// The block of the text heap that each mapped file is; nil for files in memory, whose texts are copied.
  let heapBlocks: [Int?]
  let parts: [Part]

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
    var firstRows: [Int] = []
    var rows = 0
    var blocks: [Int?] = []
    var mapped = 0
    var parts: [Part] = []
    for (number, file) in files.enumerated() {
      firstRows.append(rows)
      rows += file.index.rowCount
      // Half of the block numbers are left for copies.
      let isBlock = file.bytes.mapping != nil && mapped < 1 << 15
      blocks.append(isBlock ? mapped : nil)
      if isBlock { mapped += 1 }
      for chunk in file.index.chunks.indices { parts.append(Part(file: number, chunk: chunk)) }
    }
    self.firstRows = firstRows
    rowCount = rows
    heapBlocks = blocks
    self.parts = parts
  }

  /// Reads everything.
  func run(emptyFiles: [String]) throws -> LoadedTable {
    var plans: [Int: ColumnPlan] = [:]
    let sampler = ColumnSampler(
      files: files, options: options, names: names, rowCount: rowCount, sampleRows: tuning.sampleRows)
    for (column, plan) in zip(wanted, try sampler.plans(wanted: wanted)) { plans[column] = plan }

    var dictionaries: [Int: SharedDictionary] = [:]
    var outcome = LoadOutcome(markerCount: markers.texts.count)
    var pending = wanted
    var isFirstAttempt = true
    var failures: [Int: Int] = [:]
    while isFirstAttempt || !pending.isEmpty {
      let sinks = pending.compactMap { column in
        plans[column].map { sink(for: column, plan: $0, dictionaries: &dictionaries) }
      }
      let workers = try readAll(pending, sinks, isFirstAttempt: isFirstAttempt)
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
    for column: Int, plan: ColumnPlan, dictionaries: inout [Int: SharedDictionary]
  ) -> ColumnSink {
    var dictionary = dictionaries[column]
    if plan.reading == .text, plan.storage != .views, dictionary == nil {
      let fresh = SharedDictionary()
      fresh.seed(plan.seeds)
      dictionaries[column] = fresh
      dictionary = fresh
    }
    return ColumnSink(
      plan: plan, rowCount: rowCount, firstBlock: heapBlocks.count { $0 != nil }, dictionary: dictionary)
  }

  /// Reads the pending columns of all chunks; gives back the workers with what they found.
  private func readAll(_ pending: [Int], _ sinks: [ColumnSink], isFirstAttempt: Bool) throws -> [ChunkWorker] {
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
    try WorkerPool.shared.run(parts: parts.count) { number, worker in
      try control.check()
      let part = parts[number]
      try CalendarTable.with { calendar in
        try read(part, worker: workers.all[worker], isFirstAttempt: isFirstAttempt, calendar: calendar)
      }
      if isFirstAttempt {
        let size = files[part.file].index.chunks[part.chunk].range.count
        control.meter.read(done.wrappingAdd(size, ordering: .relaxed).newValue, of: total)
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
