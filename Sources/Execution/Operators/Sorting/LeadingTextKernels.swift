import ColumnStore

/// The rows whose texts come first, without putting the others in order.
enum LeadingTexts {
  /// The rows of a text column that can be among the first `limit` of an order, ties included, in order of place: those of
  /// each segment are looked for by itself, on all threads.
  static func candidates(
    _ column: Column, _ limit: Int, isDescending: Bool, nullsFirst: Bool, _ context: ExecutionContext
  )
    throws -> Buffer<UInt32>
  {
    let (views, heap) = column.textViews()
    precondition(views.count >= column.count)
    /// Whether the text of a row comes before that of another; NULL is like no text.
    @Sendable func precedes(_ left: Int, _ right: Int) -> Bool {
      let (leftIsNull, rightIsNull) = (column.isNull(left), column.isNull(right))
      if leftIsNull || rightIsNull { return leftIsNull != rightIsNull && leftIsNull == nullsFirst }
      let order = TextHeap.compare(heap.bytes(at: views.pointer + left), heap.bytes(at: views.pointer + right))
      return isDescending ? order > 0 : order < 0
    }
    let found = try WorkerPool.shared.map(parts: Segment.count(rows: column.count)) { part in
      try context.checkCancellation()
      var kept: [UInt32] = []
      var last: Int?
      var enough = 2 * limit + 64
      for row in Segment.range(part, rows: column.count) {
        if let last, precedes(last, row) { continue }
        kept.append(UInt32(truncatingIfNeeded: row))
        // Once there are enough, those behind the first `limit` go, but for what equals the last of these.
        guard kept.count >= enough else { continue }
        let bound = Int(kept.sorted { precedes(Int($0), Int($1)) }[limit - 1])
        kept.removeAll { precedes(bound, Int($0)) }
        last = bound
        // Equal texts may be any number.
        enough = max(enough, 2 * kept.count)
      }
      return kept
    }
    return Buffer(found.flatMap(\.self))
  }
}
