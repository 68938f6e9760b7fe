extension Column {
  /// The same texts with a dictionary.
  ///
  /// Rows are first dealt out by their texts' hashes, so that each part has the distinct texts of its own, in a table
  /// small enough for the processor's cache, and workers need no locks (radix partitioning: S. Manegold, P. Boncz,
  /// M. Kersten, "Optimizing Main-Memory Join on Modern Hardware", TKDE 2002). Codes are in the order in which the texts
  /// first stand in the column, or of `SerialTexts` in the order of the texts. The dictionary's texts stay where the
  /// column's texts are, unless they are few: then they are copied side by side, so that going through all of them reads
  /// memory in its order.
  public func dictionaryEncoded() -> Column {
    if dictionary == nil, case .views(let views, _) = data, let serial = SerialTexts.encoded(views, validity) {
      let dictionary = TextDictionary(views: serial.entries, heap: .none, isSorted: true)
      return Column(type: .text, data: .codes32(serial.codes, dictionary), validity: validity)
    }
    return dictionaryEncoded(hashMask: .max)
  }

  /// The same by only some bits of each hash. The result does not depend on them: without any, all texts collide.
  func dictionaryEncoded(hashMask: UInt64) -> Column {
    if dictionary != nil { return self }
    let (views, heap) = textViews()
    let texts = DealtTexts(views, heap, validity, hashMask: hashMask)
    let firstRows = texts.number()
    let ranks = RowRanks(firstRows, rowCount: count)
    // Each part counted its codes from 0. The code of a text becomes the number of texts that first stood before it.
    let newCodes = ranks.ofParts(firstRows)
    let codes = MutableBuffer<UInt32>(count: count)
    // Rows without a value need an entry too.
    let entries = MutableBuffer<TextView>(count: max(ranks.count, 1))
    entries.pointer[0] = .empty
    WorkerPool.shared.forEach(parts: Segment.count(rows: count)) { segment in
      let rows = Segment.range(segment, rows: self.count)
      if validity != nil { (codes.pointer + rows.lowerBound).update(repeating: 0, count: rows.count) }
      for part in 0..<texts.partCount {
        let newCodes = newCodes[part].pointer
        texts.forEachNumbered(part, of: segment) { row, code in codes.pointer[row] = newCodes[code] }
      }
      ranks.forEachRow(of: segment) { row, rank in entries.pointer[rank] = views.pointer[row] }
    }
    var dictionary = TextDictionary(views: entries.frozen(), heap: heap, isSorted: false)
    if dictionary.count <= count / 4 { dictionary = dictionary.sideBySide() }
    return Column(type: .text, data: .codes32(codes.frozen(), dictionary), validity: validity)
  }
}

extension TextDictionary {
  /// Where each entry's text begins among all that do not fit in their views, laid side by side; and last where they end.
  private func placesSideBySide() -> Buffer<Int> {
    let starts = MutableBuffer<Int>(count: count + 1)
    var total = 0
    for code in 0..<count {
      starts.pointer[code] = total
      let view = views.pointer[code]
      if !view.isInline { total += Int(view.length) }
    }
    starts.pointer[count] = total
    return starts.frozen()
  }

  /// The same entries, their texts in one block in the order of the codes.
  fileprivate func sideBySide() -> TextDictionary {
    let starts = placesSideBySide()
    if starts[count] == 0 { return self }
    let block = MutableBuffer<UInt8>(count: starts[count])
    let copies = MutableBuffer<TextView>(count: count)
    WorkerPool.shared.forEach(parts: Segment.count(rows: count)) { segment in
      for code in Segment.range(segment, rows: self.count) {
        let view = self.views.pointer[code]
        copies.pointer[code] = view
        if view.isInline { continue }
        let bytes = self.heap.bytes(at: self.views.pointer + code)
        let start = starts.pointer[code]
        if let base = bytes.baseAddress { (block.pointer + start).update(from: base, count: bytes.count) }
        copies.pointer[code] = TextView(bytes: bytes, block: 0, offset: start)
      }
    }
    return TextDictionary(views: copies.frozen(), heap: TextHeap(blocks: [block.frozen()]), isSorted: isSorted)
  }
}

/// Some rows, and for each of them how many of the others come before it.
private struct RowRanks {
  private static let wordsPerSegment = Segment.rowCount / UInt64.bitWidth

  let count: Int
  private let marks: Bitmap
  /// For every word of `marks`, how many rows come before those of the word.
  private let before: Buffer<UInt32>

  init(_ rows: [[UInt32]], rowCount: Int) {
    let marks = MutableBitmap(count: rowCount)
    for part in rows {
      for row in part { marks.set(Int(row)) }
    }
    self.marks = marks.frozen()
    let before = MutableBuffer<UInt32>(count: Bitmap.wordCount(rowCount))
    var total: UInt32 = 0
    for word in 0..<before.count {
      before.pointer[word] = total
      total += UInt32(truncatingIfNeeded: marks.words.pointer[word].nonzeroBitCount)
    }
    self.before = before.frozen()
    count = Int(total)
  }

  func rank(of row: Int) -> UInt32 {
    let earlier = marks.words[row >> 6] & (1 << UInt64(row & 63) - 1)
    return before[row >> 6] + UInt32(truncatingIfNeeded: earlier.nonzeroBitCount)
  }

  func ofParts(_ parts: [[UInt32]]) -> [Buffer<UInt32>] {
    let ranks = parts.map { MutableBuffer<UInt32>(count: $0.count) }
    WorkerPool.shared.forEach(parts: parts.count) { part in
      for (code, row) in parts[part].enumerated() { ranks[part].pointer[code] = rank(of: Int(row)) }
    }
    return ranks.map { $0.frozen() }
  }

  /// Calls `body` with every row that stands in a segment, and its rank.
  func forEachRow(of segment: Int, _ body: (_ row: Int, _ rank: Int) -> Void) {
    let first = segment * RowRanks.wordsPerSegment
    for word in first..<min(first + RowRanks.wordsPerSegment, before.count) {
      var bits = marks.words.pointer[word]
      var rank = Int(before.pointer[word])
      while bits != 0 {
        body(word << 6 + bits.trailingZeroBitCount, rank)
        bits &= bits &- 1
        rank += 1
      }
    }
  }
}
