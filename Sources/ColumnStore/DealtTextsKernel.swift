import CSystem
import Synchronization

/// The rows of a text column dealt out by their texts' hashes; rows without a value are left out.
///
/// Every segment's rows are dealt out within the segment: its share of the first part comes first, in ascending order of
/// rows, then its share of the second ... So they are written once, near to each other, by one worker.
struct DealtTexts: Sendable {
  /// Hash and row of a text in 8 bytes, later its number and row: the row within its segment in the lower 16 bits, above
  /// it 48 bits of the hash, without those that the part tells.
  private typealias Entry = UInt64

  /// How many parts there are: one where one worker has all the rows anyway.
  let partCount: Int
  private let views: Buffer<TextView>
  private let heap: TextHeap
  private let entries: MutableBuffer<Entry>
  /// For every segment where each part's share begins in `entries`, and where the last one ends.
  private let starts: MutableBuffer<UInt32>

  private static let partBits: UInt64 = 8

  init(_ views: Buffer<TextView>, _ heap: TextHeap, _ validity: Bitmap?, hashMask: UInt64) {
    let segments = Segment.count(rows: views.count)
    partCount = segments > 1 ? 1 << Int(DealtTexts.partBits) : 1
    self.views = views
    self.heap = heap
    entries = MutableBuffer(count: views.count)
    starts = MutableBuffer(count: segments * (partCount + 1), zeroed: true)
    WorkerPool.shared.forEach(parts: segments) { [self] segment in deal(segment, validity, hashMask) }
  }

  private func deal(_ segment: Int, _ validity: Bitmap?, _ hashMask: UInt64) {
    let rows = Segment.range(segment, rows: views.count)
    let hashes = MutableBuffer<UInt64>(count: rows.count)
    // Two places further on than its own, so that the sum over those before is where the next row goes, and at the end
    // where the next part begins.
    let counts = MutableBuffer<UInt32>(count: partCount + 2, zeroed: true)
    let shift = partCount > 1 ? UInt64(UInt64.bitWidth) - DealtTexts.partBits : UInt64(UInt64.bitWidth)
    let ahead = 24
    for row in rows {
      if row + ahead < rows.upperBound { heap.prefetch(at: views.pointer + row + ahead) }
      if let validity, !validity[row] { continue }
      let hash = hashText(at: views.pointer + row, heap) & hashMask
      hashes.pointer[row - rows.lowerBound] = hash
      counts.pointer[Int(truncatingIfNeeded: hash >> shift) + 2] += 1
    }
    var total = UInt32(truncatingIfNeeded: rows.lowerBound)
    for part in 1..<partCount + 2 {
      total += counts.pointer[part]
      counts.pointer[part] = total
    }
    let next = counts.pointer + 1
    for row in rows {
      if let validity, !validity[row] { continue }
      let place = row - rows.lowerBound
      let hash = hashes.pointer[place]
      let part = Int(truncatingIfNeeded: hash >> shift)
      entries.pointer[Int(next[part])] = hash << DealtTexts.partBits & ~0xFFFF | UInt64(truncatingIfNeeded: place)
      next[part] += 1
    }
    counts.pointer[0] = UInt32(truncatingIfNeeded: rows.lowerBound)
    (starts.pointer + segment * (partCount + 1)).update(from: counts.pointer, count: partCount + 1)
  }

  private func share(_ part: Int, of segment: Int) -> Range<Int> {
    let start = starts.pointer + segment * (partCount + 1) + part
    return Int(start[0])..<Int(start[1])
  }

  /// Numbers the different texts of each part from 0. Gives for each part the rows where its texts first stand.
  func number() -> [[UInt32]] {
    let firstRows = Mutex<[[UInt32]]>(Array(repeating: [], count: partCount))
    WorkerPool.shared.forEach(parts: partCount) { part in
      let rows = numberPart(part)
      firstRows.withLock { $0[part] = rows }
    }
    return firstRows.withLock { $0 }
  }

  /// The row of an entry, whose hash or number it is.
  private static func row(_ entry: Entry) -> Int { Int(truncatingIfNeeded: entry & 0xFFFF) }

  private func numberPart(_ part: Int) -> [UInt32] {
    let segments = Segment.count(rows: views.count)
    let rowCount = (0..<segments).reduce(0) { $0 + share(part, of: $1).count }
    var table = TextNumbering(heap, rowCount: rowCount)
    // Memory is asked for a segment ahead: views for the next but one, then texts for the next, and then used.
    for step in 0..<segments + 2 {
      if step < segments {
        let first = views.pointer + step * Segment.rowCount
        for place in share(part, of: step) { nb_prefetch(first + DealtTexts.row(entries.pointer[place])) }
      }
      if step >= 1, step - 1 < segments {
        let first = views.pointer + (step - 1) * Segment.rowCount
        for place in share(part, of: step - 1) { heap.prefetch(at: first + DealtTexts.row(entries.pointer[place])) }
      }
      if step >= 2 {
        let first = (step - 2) * Segment.rowCount
        for place in share(part, of: step - 2) {
          let entry = entries.pointer[place]
          let row = DealtTexts.row(entry)
          let number = table.number(
            of: views.pointer + first + row, tag: UInt32(truncatingIfNeeded: entry >> 32), row: first + row)
          entries.pointer[place] = UInt64(number) << 16 | UInt64(truncatingIfNeeded: row)
          if table.isCrowded { return numberBySorting(part) }
        }
      }
    }
    return table.firstRows
  }

  /// Numbers a part's texts without their hashes, of which too many are alike.
  private func numberBySorting(_ part: Int) -> [UInt32] {
    var places: [(row: UInt32, place: UInt32)] = []
    for segment in 0..<Segment.count(rows: views.count) {
      for place in share(part, of: segment) {
        let row = segment * Segment.rowCount + DealtTexts.row(entries.pointer[place])
        places.append((UInt32(truncatingIfNeeded: row), UInt32(truncatingIfNeeded: place)))
      }
    }
    func order(_ left: UInt32, _ right: UInt32) -> Int {
      TextHeap.compare(heap.bytes(at: views.pointer + Int(left)), heap.bytes(at: views.pointer + Int(right)))
    }
    places.sort { left, right in
      let order = order(left.row, right.row)
      return order == 0 ? left.row < right.row : order < 0
    }
    var firstRows: [UInt32] = []
    for (row, place) in places {
      if firstRows.last.map({ order($0, row) != 0 }) ?? true { firstRows.append(row) }
      entries.pointer[Int(place)] = UInt64(firstRows.count - 1) << 16 | UInt64(row) & 0xFFFF
    }
    return firstRows
  }

  /// Calls `body` with every row of a segment's share of a part, and its text's number within the part.
  func forEachNumbered(_ part: Int, of segment: Int, _ body: (_ row: Int, _ number: Int) -> Void) {
    let first = segment * Segment.rowCount
    for place in share(part, of: segment) {
      let entry = entries.pointer[place]
      body(first + DealtTexts.row(entry), Int(truncatingIfNeeded: entry >> 16))
    }
  }
}
