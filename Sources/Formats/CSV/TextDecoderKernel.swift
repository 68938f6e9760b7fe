import CScan
import ColumnStore

extension ColumnChunk {
  /// Writes the numbers of texts in the column's dictionary; false when it has no room for a new one.
  ///
  /// NULL markers other than the empty field are texts here: whether `NA` is NULL or Namibia is known at the end.
  func decodeCodes<Stored: FixedWidthInteger & UnsignedInteger>(_ worker: ColumnWorker, as _: Stored.Type) -> Bool {
    guard let dictionary = worker.sink.dictionary else { return false }
    let target = worker.sink.values.base.assumingMemoryBound(to: Stored.self) + firstRow
    var nulls = BitWriter(worker.sink.nulls)
    worker.lookForSerials(in: firstText)
    if let serials = worker.serials {
      guard let hits = decodeSerials(serials, worker, dictionary, into: target, &nulls) else { return false }
      worker.judgeSerials(hits: hits, of: rowCount - nulls.count)
    } else if let known = worker.known {
      guard let hits = decodeKnown(known, worker, dictionary, into: target, &nulls) else { return false }
      worker.judgeKnown(hits: hits, of: rowCount - nulls.count)
    } else if !decodeTexts(worker, dictionary, into: target, &nulls) {
      return false
    }
    nulls.finish()
    worker.nullCount += nulls.count
    worker.markerCounts[0] += nulls.count
    return true
  }

  /// The number of a row's text.
  private enum Code {
    case number(UInt32)
    case null
    /// The dictionary has no room for the text.
    case none
  }

  /// - Parameter isRemembered: whether the text will not be asked for again, so that the worker's table need not know it.
  @inline(__always)
  private func code(
    _ span: FieldSpan, _ worker: ColumnWorker, _ dictionary: SharedDictionary, isRemembered: Bool = false
  ) -> Code {
    if span.length == 0, !span.isQuoted || quotedEmptyIsNull { return .null }
    let (text, count) = span.isEscaped ? unescaped(span) : (bytes(span), span.length)
    let key = TextKey(text, count)
    let known = isRemembered ? -1 : worker.table.code(key, text)
    if known >= 0 { return .number(UInt32(truncatingIfNeeded: known)) }
    guard let added = dictionary.code(key, text, limit: worker.sink.plan.dictionaryLimit) else { return .none }
    if !isRemembered { worker.table.insert(key, added.text, code: added.code) }
    return .number(added.code)
  }

  /// So many rows ahead is asked for the memory of their codes, so that the answers do not come one by one.
  private static let ahead = 16

  private func decodeTexts<Stored: FixedWidthInteger & UnsignedInteger>(
    _ worker: ColumnWorker, _ dictionary: SharedDictionary, into target: UnsafeMutablePointer<Stored>,
    _ nulls: inout BitWriter
  ) -> Bool {
    for first in stride(from: 0, to: rowCount, by: Self.ahead) {
      let rows = first..<min(first + Self.ahead, rowCount)
      for row in rows where !spans[row].isEscaped {
        worker.table.prefetch(TextKey(bytes(spans[row]), spans[row].length))
      }
      for row in rows {
        switch code(spans[row], worker, dictionary) {
        case .number(let number): target[row] = Stored(truncatingIfNeeded: number)
        case .null: nulls.set(firstRow + row)
        case .none: return false
        }
      }
    }
    return true
  }

  /// So many rows are read before those of them that were not known are.
  private static let knownBlock = 256

  /// The same for texts of which most are known; how many were, or nil for no room.
  private func decodeKnown<Stored: FixedWidthInteger & UnsignedInteger>(
    _ known: KnownTexts, _ worker: ColumnWorker, _ dictionary: SharedDictionary,
    into target: UnsafeMutablePointer<Stored>, _ nulls: inout BitWriter
  ) -> Int? {
    let codes = MutableBuffer<UInt32>(count: Self.knownBlock + 7)
    let read = codes.pointer
    var hits = 0
    for first in stride(from: 0, to: rowCount, by: Self.knownBlock) {
      let count = min(Self.knownBlock, rowCount - first)
      let others = MutableBitmap(count: count)
      known.read(base, spans + first, count: count, into: codes, others: others)
      for row in 0..<count { target[first + row] = Stored(truncatingIfNeeded: read[row]) }
      hits += count
      for place in others.frozen().trueIndices() {
        let row = first + Int(place)
        hits -= 1
        switch code(spans[row], worker, dictionary) {
        case .number(let code):
          target[row] = Stored(truncatingIfNeeded: code)
          if !spans[row].isEscaped { known.add(TextKey(bytes(spans[row]), spans[row].length), code: code) }
        case .null: nulls.set(firstRow + row)
        case .none: return nil
        }
      }
    }
    return hits
  }

  /// The same for texts of which most have numbers; how many did, or nil for no room.
  private func decodeSerials<Stored: FixedWidthInteger & UnsignedInteger>(
    _ serials: SerialCodes, _ worker: ColumnWorker, _ dictionary: SharedDictionary,
    into target: UnsafeMutablePointer<Stored>, _ nulls: inout BitWriter
  ) -> Int? {
    let numbers = MutableBuffer<UInt32>(count: rowCount + Self.ahead, zeroed: true)
    let others = MutableBitmap(count: rowCount)
    serials.read(base, spans, count: rowCount, into: numbers, others: others)
    let (codes, number, isOther) = (serials.codes, numbers.pointer, others.words.pointer)
    var hits = 0
    for row in 0..<rowCount {
      // The number of a text that has none may be any; nothing is read there.
      cscan_prefetch(codes + Int(number[row + Self.ahead]))
      let hasNumber = isOther[row >> 6] >> UInt64(row & 63) & 1 == 0
      if hasNumber {
        hits += 1
        let known = codes[Int(number[row])]
        if known != 0 {
          target[row] = Stored(truncatingIfNeeded: known &- 1)
          continue
        }
      }
      switch code(spans[row], worker, dictionary, isRemembered: hasNumber) {
      case .number(let code):
        target[row] = Stored(truncatingIfNeeded: code)
        if hasNumber { codes[Int(number[row])] = code &+ 1 }
      case .null: nulls.set(firstRow + row)
      case .none: return nil
      }
    }
    return hits
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
