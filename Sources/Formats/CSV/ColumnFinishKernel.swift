import ColumnStore
import Glibc
import Synchronization

/// A column as the workers left it, made ready for a table.
struct ColumnFinish {
  let sink: ColumnSink
  let shares: [ColumnWorker]
  let load: TableLoad
  /// Rows without a value.
  private(set) var nullCount: Int
  /// How often each NULL marker was met in a dictionary.
  private(set) var markerCounts: [Int]
  /// Whether `NA` was kept as a code among codes of two letters.
  private(set) var keptNA = false

  init(_ sink: ColumnSink, _ shares: [ColumnWorker], in load: TableLoad) {
    self.sink = sink
    self.shares = shares
    self.load = load
    nullCount = shares.reduce(0) { $0 + $1.nullCount }
    markerCounts = Array(repeating: 0, count: load.markers.texts.count)
  }

  /// The column.
  mutating func column() throws -> Column {
    let type = sink.plan.reading.type
    let data: ColumnData
    switch sink.plan.storage {
    case .bits:
      data = .boolean(
        Bitmap(words: Buffer(memory: sink.values, count: Bitmap.wordCount(sink.rowCount)), count: sink.rowCount))
    case .doubles: data = .double(Buffer(memory: sink.values, count: sink.rowCount))
    case .integers8, .integers16, .integers32, .integers64: data = try integers(type)
    case .views:
      data = .views(Buffer(memory: sink.values, count: sink.rowCount), heap())
      if case .list(let element) = type {
        return lists(Column(type: .text, data: data, validity: validity()), of: element)
      }
    case .wide:
      switch type {
      case .interval: data = .interval(Buffer(memory: sink.values, count: sink.rowCount))
      case .count: data = .counts(Buffer(memory: sink.values, count: sink.rowCount))
      default: data = .decimal128(Buffer(memory: sink.values, count: sink.rowCount))
      }
    case .codes8, .codes16, .codes32: data = try codes()
    }
    return Column(type: type, data: data, validity: validity())
  }

  private func validity() -> Bitmap? {
    if nullCount == 0 { return nil }
    let nulls = sink.nulls
    let wordCount = Bitmap.wordCount(sink.rowCount)
    for word in 0..<wordCount { nulls.words.pointer[word] = ~nulls.words.pointer[word] }
    return Bitmap(words: nulls.words.frozen().slice(0..<wordCount), count: sink.rowCount)
  }

  private func heap() -> TextHeap {
    let fileCount = load.heapBlocks.count { $0 != nil }
    var blocks: [Buffer<UInt8>] = []
    for (file, block) in zip(load.files, load.heapBlocks) where block != nil {
      blocks.append(Buffer(memory: file.bytes.memory, count: file.bytes.count))
    }
    let arenas = shares.flatMap(\.arena.blocks).sorted { $0.number < $1.number }
    // A column without long texts of a file keeps no file alive.
    if arenas.isEmpty, !refersToFiles() { return .none }
    for arena in arenas { blocks.append(Buffer(memory: arena.buffer.memory, count: arena.used)) }
    precondition(blocks.count == fileCount + arenas.count)
    return TextHeap(blocks: blocks)
  }

  private func refersToFiles() -> Bool {
    let words = sink.values.base.assumingMemoryBound(to: UInt64.self)
    for row in 0..<sink.rowCount where words[row * 2] & 0xFFFF_FFFF > 12 { return true }
    return false
  }

  // MARK: Whole numbers

  private func integers(_ type: DataType) throws -> ColumnData {
    let rows = sink.rowCount
    switch type {
    case .date: return .date(Buffer(memory: sink.values, count: rows))
    case .timestamp: return .timestamp(Buffer(memory: sink.values, count: rows))
    case .time: return .time(Buffer(memory: sink.values, count: rows))
    case .decimal: return .decimal64(Buffer(memory: sink.values, count: rows))
    default: break
    }
    var low: Int64 = 0
    var high: Int64 = 0
    for share in shares where share.summary.low <= share.summary.high {
      low = min(low, share.summary.low)
      high = max(high, share.summary.high)
    }
    let narrowest = ColumnPlan.integerStorage(low: low, high: high)
    switch sink.plan.storage {
    case .integers8: return .integer8(Buffer(memory: sink.values, count: rows))
    case .integers16: return try narrowed(Int16.self, to: narrowest)
    case .integers32: return try narrowed(Int32.self, to: narrowest)
    default: return try narrowed(Int64.self, to: narrowest)
    }
  }

  private func narrowed<Wide: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _: Wide.Type, to storage: ColumnStorage
  ) throws -> ColumnData {
    switch storage {
    case .integers8: return .integer8(try convert(Wide.self, to: Int8.self))
    case .integers16: return .integer16(try convert(Wide.self, to: Int16.self))
    case .integers32: return .integer32(try convert(Wide.self, to: Int32.self))
    default: return .integer64(try convert(Wide.self, to: Int64.self))
    }
  }

  private func convert<
    Wide: FixedWidthInteger & BitwiseCopyable & Sendable, Narrow: FixedWidthInteger & BitwiseCopyable & Sendable
  >(_: Wide.Type, to _: Narrow.Type) throws -> Buffer<Narrow> {
    let rows = sink.rowCount
    if Wide.bitWidth == Narrow.bitWidth { return Buffer(memory: sink.values, count: rows) }
    let result = MutableBuffer<Narrow>(count: rows)
    let source = Buffer<Wide>(memory: sink.values, count: rows)
    try WorkerPool.shared.run(parts: Segment.count(rows: rows)) { segment, _ in
      for row in Segment.range(segment, rows: rows) {
        result.pointer[row] = Narrow(truncatingIfNeeded: source.pointer[row])
      }
    }
    return result.frozen()
  }

  // MARK: Dictionaries

  /// Sorts the dictionary, takes NULL markers out of it, and gives the rows their new codes. So the result depends only
  /// on the texts, not on which worker met them first.
  private mutating func codes() throws -> ColumnData {
    guard let dictionary = sink.dictionary, !dictionary.texts.isEmpty else {
      return .codes8(Buffer(repeating: 0, count: sink.rowCount), TextDictionary([""], isSorted: true))
    }
    let texts = dictionary.texts
    var marker = texts.map { text in text.baseAddress.map { load.markers.index($0, text.count) } ?? 0 }
    // The empty marker is NULL only without quotes, and such fields never came here.
    for code in marker.indices where marker[code] == 0 { marker[code] = -1 }
    keepNamibia(texts, &marker)
    let order = sorted(texts.indices.filter { marker[$0] < 0 }, by: texts)
    var renumbered = [UInt32](repeating: 0, count: texts.count)
    for (new, old) in order.enumerated() { renumbered[old] = UInt32(truncatingIfNeeded: new) }
    var builder = TextBuilder(capacity: order.count)
    for old in order { builder.append(texts[old]) }
    if order.isEmpty { builder.append("") }
    let (views, heap) = builder.finish()
    let sorted = TextDictionary(views: views, heap: heap, isSorted: true)
    let markers = order.count == texts.count ? nil : marker
    switch sink.plan.storage {
    case .codes8: return try renumber(UInt8.self, renumbered, markers, sorted)
    case .codes16: return try renumber(UInt16.self, renumbered, markers, sorted)
    default: return try renumber(UInt32.self, renumbered, markers, sorted)
    }
  }

  /// Codes in the order of their texts. The eight bytes behind what all texts begin with mostly tell.
  private func sorted(_ codes: [Int], by texts: [UnsafeBufferPointer<UInt8>]) -> [Int] {
    guard let first = codes.first else { return [] }
    func start(_ text: UnsafeBufferPointer<UInt8>, _ count: Int) -> UnsafeBufferPointer<UInt8> {
      UnsafeBufferPointer(rebasing: text.prefix(count))
    }
    var common = texts[first].count
    for code in codes {
      common = min(common, texts[code].count)
      while TextHeap.compare(start(texts[code], common), start(texts[first], common)) != 0 { common -= 1 }
    }
    let ranked = codes.map { code in
      // 16 bytes behind each text can be read; those that are not its own are nothing.
      let word = UnsafeRawBufferPointer(texts[code]).baseAddress?.loadUnaligned(fromByteOffset: common, as: UInt64.self)
      let own = UInt64(truncatingIfNeeded: min(texts[code].count - common, 8) * 8)
      let rank = (word ?? 0).bigEndian & ~(UInt64.max >> own)
      return (rank: rank, code: code)
    }
    return ranked.sorted { left, right in
      left.rank != right.rank
        ? left.rank < right.rank : TextHeap.compare(texts[left.code], texts[right.code]) < 0
    }.map(\.code)
  }

  private mutating func keepNamibia(_ texts: [UnsafeBufferPointer<UInt8>], _ marker: inout [Int]) {
    // Who names the markers means them.
    guard load.options.nulls == nil else { return }
    guard let namibia = texts.firstIndex(where: { $0.elementsEqual("NA".utf8) }), marker[namibia] > 0 else { return }
    let others = texts.indices.filter { marker[$0] < 0 && !texts[$0].isEmpty }
    let areCodes = others.allSatisfy { code in
      texts[code].count == 2 && texts[code].allSatisfy { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
    }
    guard !others.isEmpty, areCodes else { return }
    marker[namibia] = -1
    keptNA = true
  }

  private mutating func renumber<Wide: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _: Wide.Type, _ renumbered: [UInt32], _ markers: [Int]?, _ dictionary: TextDictionary
  ) throws -> ColumnData {
    if dictionary.count <= 1 << 8 {
      return .codes8(try renumber(Wide.self, to: UInt8.self, renumbered, markers), dictionary)
    }
    if dictionary.count <= 1 << 16 {
      return .codes16(try renumber(Wide.self, to: UInt16.self, renumbered, markers), dictionary)
    }
    return .codes32(try renumber(Wide.self, to: UInt32.self, renumbered, markers), dictionary)
  }

  private mutating func renumber<
    Wide: FixedWidthInteger & BitwiseCopyable & Sendable, Narrow: FixedWidthInteger & BitwiseCopyable & Sendable
  >(_: Wide.Type, to _: Narrow.Type, _ renumbered: [UInt32], _ markers: [Int]?) throws -> Buffer<Narrow> {
    let rows = sink.rowCount
    let isSameWidth = Wide.bitWidth == Narrow.bitWidth
    let isIdentity = renumbered.enumerated().allSatisfy { $0 == Int($1) }
    if isSameWidth, isIdentity, markers == nil { return Buffer(memory: sink.values, count: rows) }
    let result =
      isSameWidth ? sink.values : Memory(byteCount: rows * MemoryLayout<Narrow>.stride)
    let job = RenumberJob<Wide, Narrow>(
      source: sink.values.base.assumingMemoryBound(to: Wide.self),
      target: result.base.assumingMemoryBound(to: Narrow.self), nulls: sink.nulls, renumbered: renumbered,
      markers: markers, markerCount: markerCounts.count)
    let totals = Mutex<(nulls: Int, markers: [Int])>((0, markerCounts))
    try WorkerPool.shared.run(parts: Segment.count(rows: rows)) { segment, _ in
      let counts = job.run(Segment.range(segment, rows: rows))
      guard markers != nil else { return }
      totals.withLock { total in
        for (number, count) in counts.enumerated() {
          total.nulls += count
          total.markers[number] += count
        }
      }
    }
    let found = totals.withLock { $0 }
    nullCount += found.nulls
    markerCounts = found.markers
    return Buffer(memory: result, count: rows)
  }
}

/// The codes of some rows made new; segments are whole words of the bitmap, so workers share none.
///
/// `@unchecked Sendable`: every worker has rows of its own.
private struct RenumberJob<Wide: FixedWidthInteger, Narrow: FixedWidthInteger>: @unchecked Sendable {
  let source: UnsafeMutablePointer<Wide>
  let target: UnsafeMutablePointer<Narrow>
  let nulls: MutableBitmap
  let renumbered: [UInt32]
  let markers: [Int]?
  let markerCount: Int

  /// Gives back how often each NULL marker was met.
  func run(_ rows: Range<Int>) -> [Int] {
    var counts: [Int] = []
    if let markers {
      counts = Array(repeating: 0, count: markerCount)
      for row in rows {
        let code = Int(truncatingIfNeeded: source[row])
        // A row without value has code 0, which may be a marker's.
        if markers[code] > 0, nulls.words.pointer[row >> 6] >> UInt64(row & 63) & 1 == 0 {
          counts[markers[code]] += 1
          nulls.set(row)
        }
      }
    }
    renumbered.withUnsafeBufferPointer { map in
      for row in rows {
        target[row] = Narrow(truncatingIfNeeded: map[Int(truncatingIfNeeded: source[row])])
      }
    }
    return counts
  }
}
