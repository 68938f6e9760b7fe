import ColumnStore

extension BlockWriter {
  /// Two blocks: views of texts, and the bytes of the long ones, one text after the other and no others. What the texts lay
  /// in before, such as a mapped file, is not needed any more.
  ///
  /// Workers take a segment each, once to add up lengths, once to make views, and once to copy bytes.
  func blocks(
    _ views: Buffer<TextView>, _ heap: TextHeap, validity: Bitmap?
  ) throws -> (views: SavedBlock, texts: SavedBlock) {
    let segments = Segment.count(rows: views.count)
    let texts = SegmentedTexts(views: views, heap: heap, validity: validity)
    let lengths = MutableBuffer<Int>(count: segments)
    try WorkerPool.shared.run(parts: segments) { segment, _ in
      lengths.pointer[segment] = texts.byteCount(inSegment: segment)
    }
    var starts: [Int] = [0]
    for segment in 0..<segments { starts.append(starts[segment] + lengths[segment]) }
    let offsets = starts
    let workers = max(1, min(segments, WorkerPool.shared.threadCount))
    let pieces = (0..<workers).map { _ in GrowableBytes() }
    func write(_ render: @Sendable (_ segment: Int, _ out: GrowableBytes) -> Void) throws -> SavedBlock {
      try block {
        for first in stride(from: 0, to: segments, by: workers) {
          let parts = min(workers, segments - first)
          try WorkerPool.shared.run(parts: parts) { part, _ in
            pieces[part].count = 0
            render(first + part, pieces[part])
          }
          for piece in pieces.prefix(parts) { try append(UnsafeRawBufferPointer(piece.bytes)) }
        }
      }
    }
    let viewBlock = try write { texts.writeViews(ofSegment: $0, from: offsets[$0], to: $1) }
    let textBlock = try write { texts.writeTexts(ofSegment: $0, to: $1) }
    return (viewBlock, textBlock)
  }
}

/// The texts of a column, a segment at a time.
private struct SegmentedTexts: Sendable {
  let views: Buffer<TextView>
  let heap: TextHeap
  let validity: Bitmap?

  /// The rows of a segment with a text that does not fit its view.
  private func forEachLong(inSegment segment: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    for row in Segment.range(segment, rows: views.count) {
      if !views.pointer[row].isInline, validity?[row] ?? true { body(heap.bytes(at: views.pointer + row)) }
    }
  }

  func byteCount(inSegment segment: Int) -> Int {
    var total = 0
    forEachLong(inSegment: segment) { total += $0.count }
    return total
  }

  func writeTexts(ofSegment segment: Int, to out: GrowableBytes) {
    forEachLong(inSegment: segment) { out.append($0) }
  }

  func writeViews(ofSegment segment: Int, from start: Int, to out: GrowableBytes) {
    var next = start
    for row in Segment.range(segment, rows: views.count) {
      var view = TextView.empty
      if validity?[row] ?? true {
        view = views.pointer[row]
        if !view.isInline {
          let bytes = heap.bytes(at: views.pointer + row)
          view = TextView(bytes: bytes, block: 0, offset: next)
          next += bytes.count
        }
      }
      withUnsafeBytes(of: view) { out.append($0.assumingMemoryBound(to: UInt8.self)) }
    }
  }
}
