import Synchronization

extension Column {
  /// The same texts with a dictionary.
  ///
  /// Rows are first dealt out by their texts' hashes, so that each part has the distinct texts of its own, in a table
  /// small enough for the processor's cache, and workers need no locks (radix partitioning: S. Manegold, P. Boncz,
  /// M. Kersten, "Optimizing Main-Memory Join on Modern Hardware", TKDE 2002). Codes are in the order in which the texts
  /// first stand in the column. The dictionary's texts stay where the column's texts are.
  public func dictionaryEncoded() -> Column {
    if dictionary != nil { return self }
    let (views, heap) = textViews()
    guard count > Segment.rowCount else { return encodedAtOnce(views, heap) }
    let rows = PartitionedRows(views, heap, validity)
    let codes = MutableBuffer<UInt32>(count: count, zeroed: validity != nil)
    let distinct = Mutex<[[UInt32]]>(Array(repeating: [], count: PartitionedRows.partCount))
    inParallel(PartitionedRows.partCount) { part in
      var table = ViewTable(views, heap, expected: rows.range(part).count / 4)
      for row in rows.range(part).lazy.map({ Int(rows.order.pointer[$0]) }) {
        codes.pointer[row] = table.code(of: row, hash: rows.hashes.pointer[row])
      }
      let firstRows = table.firstRows
      distinct.withLock { $0[part] = firstRows }
    }
    // Each part counted its codes from 0. The code of a text becomes the number of texts that first stood before it.
    let firstRows = distinct.withLock { $0 }
    let ranks = RowRanks(firstRows.joined(), rowCount: count)
    let newCodes = firstRows.map { rows in Buffer(rows.map { ranks.rank(of: Int($0)) }) }
    inParallel(Segment.count(rows: count)) { segment in
      for row in Segment.range(segment, rows: self.count) where self.validity?[row] ?? true {
        let part = newCodes[PartitionedRows.part(ofHash: rows.hashes.pointer[row])]
        codes.pointer[row] = part.pointer[Int(codes.pointer[row])]
      }
    }
    return Column(type: .text, data: Self.encoded(codes, ranks.rows, views, heap), validity: validity)
  }

  private func encodedAtOnce(_ views: Buffer<TextView>, _ heap: TextHeap) -> Column {
    let codes = MutableBuffer<UInt32>(count: count)
    var table = ViewTable(views, heap, expected: 16)
    for row in 0..<count {
      let isValid = validity?[row] ?? true
      codes.pointer[row] = isValid ? table.code(of: row, hash: hashBytes(heap.bytes(at: views.pointer + row))) : 0
    }
    return Column(type: .text, data: Self.encoded(codes, table.firstRows, views, heap), validity: validity)
  }

  /// Codes and the dictionary of the texts that stand in some rows; at least one entry, for the rows without a value.
  private static func encoded(
    _ codes: MutableBuffer<UInt32>, _ rows: some Sequence<UInt32>, _ views: Buffer<TextView>, _ heap: TextHeap
  ) -> ColumnData {
    var entries = rows.map { views.pointer[Int($0)] }
    if entries.isEmpty { entries.append(.empty) }
    return .codes32(codes.frozen(), TextDictionary(views: Buffer(entries), heap: heap, isSorted: false))
  }
}

/// Some rows, and for each of them how many of the others come before it.
private struct RowRanks {
  private let marks: Bitmap
  private var before: [UInt32] = []

  init(_ rows: some Sequence<UInt32>, rowCount: Int) {
    let marks = MutableBitmap(count: rowCount)
    for row in rows { marks.set(Int(row)) }
    self.marks = marks.frozen()
    var total: UInt32 = 0
    for word in 0..<Bitmap.wordCount(rowCount) {
      before.append(total)
      total += UInt32(truncatingIfNeeded: self.marks.maskedWord(word).nonzeroBitCount)
    }
  }

  func rank(of row: Int) -> UInt32 {
    let earlier = marks.words[row >> 6] & (1 << UInt64(row & 63) - 1)
    return before[row >> 6] + UInt32(truncatingIfNeeded: earlier.nonzeroBitCount)
  }

  /// The rows in order.
  var rows: [UInt32] { Array(marks.trueIndices()) }
}

/// Work that cannot fail, on all threads.
private func inParallel(_ parts: Int, _ body: @Sendable (Int) -> Void) {
  // `run` throws only what the body throws.
  try? WorkerPool.shared.run(parts: parts) { part, _ in body(part) }
}

/// The rows of a column dealt out by their texts' hashes; rows without a value are left out.
private struct PartitionedRows: Sendable {
  static let partCount = 256

  /// The hash of every row's text.
  let hashes: MutableBuffer<UInt64>
  /// Row numbers: those of the first part in ascending order, then those of the second ...
  let order: MutableBuffer<UInt32>
  private let starts: [Int]

  static func part(ofHash hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 56) }

  init(_ views: Buffer<TextView>, _ heap: TextHeap, _ validity: Bitmap?) {
    let hashes = MutableBuffer<UInt64>(count: views.count)
    let segments = Segment.count(rows: views.count)
    // Where the next row of a part goes, for every segment of its own: no two workers write to the same place.
    let places = MutableBuffer<Int>(count: segments * PartitionedRows.partCount, zeroed: true)
    inParallel(segments) { segment in
      let counts = places.pointer + segment * PartitionedRows.partCount
      for row in Segment.range(segment, rows: views.count) where validity?[row] ?? true {
        let hash = hashBytes(heap.bytes(at: views.pointer + row))
        hashes.pointer[row] = hash
        counts[PartitionedRows.part(ofHash: hash)] += 1
      }
    }
    var starts: [Int] = []
    var total = 0
    for part in 0..<PartitionedRows.partCount {
      starts.append(total)
      for segment in 0..<segments {
        let place = segment * PartitionedRows.partCount + part
        let rows = places.pointer[place]
        places.pointer[place] = total
        total += rows
      }
    }
    starts.append(total)
    let order = MutableBuffer<UInt32>(count: total)
    inParallel(segments) { segment in
      let next = places.pointer + segment * PartitionedRows.partCount
      for row in Segment.range(segment, rows: views.count) where validity?[row] ?? true {
        let part = PartitionedRows.part(ofHash: hashes.pointer[row])
        order.pointer[next[part]] = UInt32(truncatingIfNeeded: row)
        next[part] += 1
      }
    }
    self.hashes = hashes
    self.order = order
    self.starts = starts
  }

  /// The places in `order` of a part's rows.
  func range(_ part: Int) -> Range<Int> { starts[part]..<starts[part + 1] }
}

/// Gives every different text of a column a code, in the order of first appearance: open addressing over pairs of a
/// hash's low half and a code.
private struct ViewTable {
  private struct Slot: BitwiseCopyable {
    var tag: UInt32
    /// One more than the code; 0 in an empty slot.
    var code: UInt32
  }

  private let views: Buffer<TextView>
  private let heap: TextHeap
  private var slots: [Slot]
  /// The row where each code's text first stood.
  private(set) var firstRows: [UInt32] = []

  init(_ views: Buffer<TextView>, _ heap: TextHeap, expected: Int) {
    self.views = views
    self.heap = heap
    var size = 64
    while size < expected * 2 { size *= 2 }
    slots = Array(repeating: Slot(tag: 0, code: 0), count: size)
  }

  mutating func code(of row: Int, hash: UInt64) -> UInt32 {
    if (firstRows.count + 1) * 2 > slots.count { grow() }
    let tag = UInt32(truncatingIfNeeded: hash)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash >> 24) & mask
    while slots[slot].code != 0 {
      let code = slots[slot].code - 1
      if slots[slot].tag == tag, isSame(Int(firstRows[Int(code)]), row) { return code }
      slot = (slot + 1) & mask
    }
    let code = UInt32(truncatingIfNeeded: firstRows.count)
    slots[slot] = Slot(tag: tag, code: code + 1)
    firstRows.append(UInt32(truncatingIfNeeded: row))
    return code
  }

  private func isSame(_ left: Int, _ right: Int) -> Bool {
    let first = views.pointer[left]
    let second = views.pointer[right]
    guard first.length == second.length, first.prefix == second.prefix else { return false }
    if first.isInline { return first.payload == second.payload }
    return TextHeap.equal(heap.bytes(at: views.pointer + left), heap.bytes(at: views.pointer + right))
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(tag: 0, code: 0), count: old.count * 2)
    let mask = slots.count - 1
    for entry in old where entry.code != 0 {
      let row = Int(firstRows[Int(entry.code - 1)])
      var slot = Int(truncatingIfNeeded: hashBytes(heap.bytes(at: views.pointer + row)) >> 24) & mask
      while slots[slot].code != 0 { slot = (slot + 1) & mask }
      slots[slot] = entry
    }
  }
}
