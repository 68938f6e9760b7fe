import CScan
import ColumnStore

extension ColumnChunk {
  /// Writes the numbers of texts in the column's dictionary; false when it has no room for a new one.
  ///
  /// NULL markers other than the empty field are texts here: whether `NA` is NULL or Namibia is known at the end.
  func decodeCodes<Code: FixedWidthInteger & UnsignedInteger>(_ worker: ColumnWorker, as _: Code.Type) -> Bool {
    guard let dictionary = worker.sink.dictionary else { return false }
    let target = worker.sink.values.base.assumingMemoryBound(to: Code.self) + firstRow
    var nulls = BitWriter(worker.sink.nulls)
    let table = worker.table
    let limit = worker.sink.plan.dictionaryLimit
    worker.lookForSerials(in: firstText)
    let serials = worker.serials
    var hits = 0
    // Where the codes are is asked for some rows ahead, so that the answers do not come one by one.
    let ahead = 16
    let hasRoom = withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<UInt32>?.self, capacity: ahead) { places in
      for first in stride(from: 0, to: rowCount, by: ahead) {
        let rows = first..<min(first + ahead, rowCount)
        for row in rows where !spans[row].isEscaped {
          let key = TextKey(bytes(spans[row]), spans[row].length)
          let place = serials?.place(key)
          if let place { cscan_prefetch(place) } else { table.prefetch(key) }
          places[row - first] = place
        }
        for row in rows {
          let span = spans[row]
          var text = bytes(span)
          var count = span.length
          if count == 0, !span.isQuoted || quotedEmptyIsNull {
            nulls.set(firstRow + row)
            continue
          }
          // Where the code stands if the text has a number.
          var place: UnsafeMutablePointer<UInt32>?
          if span.isEscaped {
            (text, count) = unescaped(span)
          } else {
            place = places[row - first]
          }
          if let place, place.pointee != 0 {
            target[row] = Code(truncatingIfNeeded: place.pointee &- 1)
            hits += 1
            continue
          }
          let key = TextKey(text, count)
          var code = table.code(key, text)
          if code < 0 {
            guard let added = dictionary.code(key, text, limit: limit) else { return false }
            table.insert(key, added.text, code: added.code)
            code = Int(added.code)
          }
          target[row] = Code(truncatingIfNeeded: code)
          if let place {
            place.pointee = UInt32(truncatingIfNeeded: code &+ 1)
            hits += 1
          }
        }
      }
      return true
    }
    if !hasRoom { return false }
    worker.judgeSerials(hits: hits, of: rowCount - nulls.count)
    nulls.finish()
    worker.nullCount += nulls.count
    worker.markerCounts[0] += nulls.count
    return true
  }

  /// The first text that has no escapes; nil when there is none.
  private var firstText: [UInt8]? {
    (0..<rowCount).first { spans[$0].length > 0 && !spans[$0].isEscaped }.map { text(spans[$0]) }
  }

  /// Writes texts as views: into the mapped file where they can stay there, else into the worker's arena.
  func decodeViews(_ worker: ColumnWorker) throws {
    let target = (worker.sink.values.base + firstRow * 16).assumingMemoryBound(to: UInt64.self)
    var nulls = BitWriter(worker.sink.nulls)
    let block = UInt64(truncatingIfNeeded: heapBlock) << 48
    for row in 0..<rowCount {
      let span = spans[row]
      let count = span.length
      let text = bytes(span)
      let marker = markers.index(text, count)
      if marker >= 0, marker > 0 || !span.isQuoted || quotedEmptyIsNull {
        worker.markerCounts[marker] += 1
        nulls.set(firstRow + row)
        continue
      }
      let raw = UnsafeRawPointer(text)
      if !span.isEscaped {
        if count <= 12 {
          (target[row * 2], target[row * 2 + 1]) = inlineView(raw, count)
          continue
        }
        let prefix = UInt64(raw.loadUnaligned(as: UInt32.self))
        if let heapOffset {
          target[row * 2] = UInt64(truncatingIfNeeded: count) | prefix << 32
          target[row * 2 + 1] = block | UInt64(truncatingIfNeeded: heapOffset + Int(span.start))
          continue
        }
      }
      let (own, ownCount) = span.isEscaped ? unescaped(span) : (text, count)
      if ownCount <= 12 {
        (target[row * 2], target[row * 2 + 1]) = inlineView(UnsafeRawPointer(own), ownCount)
      } else {
        let place = try worker.arena.add(own, ownCount) { try worker.sink.newBlock(path: path) }
        let prefix = UInt64(UnsafeRawPointer(own).loadUnaligned(as: UInt32.self))
        target[row * 2] = UInt64(truncatingIfNeeded: ownCount) | prefix << 32
        target[row * 2 + 1] = UInt64(truncatingIfNeeded: place.block) << 48 | UInt64(truncatingIfNeeded: place.offset)
      }
    }
    nulls.finish()
    worker.nullCount += nulls.count
  }

  /// The two words of a view that holds its text; 12 bytes can be read.
  @inline(__always)
  private func inlineView(_ text: UnsafeRawPointer, _ count: Int) -> (UInt64, UInt64) {
    let head = UInt64(text.loadUnaligned(as: UInt32.self))
    let length = UInt64(truncatingIfNeeded: count)
    if count <= 4 {
      return (length | (head & (1 << UInt64(truncatingIfNeeded: count &* 8) &- 1)) << 32, 0)
    }
    let tail = text.loadUnaligned(fromByteOffset: 4, as: UInt64.self)
    let used = count - 4
    return (length | head << 32, used >= 8 ? tail : tail & (1 << UInt64(truncatingIfNeeded: used &* 8) &- 1))
  }
}
