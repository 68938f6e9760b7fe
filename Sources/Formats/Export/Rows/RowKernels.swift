import ColumnStore

/// Writes all rows of a table in one syntax.
///
/// Workers take a segment each. In it, blocks of a few thousand rows are encoded column by column, where the loops are
/// tight, and then laced into rows by copying. No String is made for any cell of an integer, date or text column.
struct RowWriter {
  private let table: Table
  private let syntax: RowSyntax
  private let encoders: [CellEncoder]

  /// Rows that are encoded before they are laced: the cells of a block stay in the cache.
  private static let blockRows = 2048

  init(_ table: Table, syntax: RowSyntax) {
    precondition(syntax.cellStarts.count == table.columns.count)
    self.table = table
    self.syntax = syntax
    encoders = table.columns.map { CellEncoder($0, syntax: syntax) }
  }

  /// Writes all rows; the first `skipped` bytes are left out, for a separator that the first row must not have.
  func write(to sink: any ByteSink, skipped: Int = 0) throws {
    let segments = Segment.count(rows: table.rowCount)
    let outputs = (0..<max(1, min(segments, WorkerPool.shared.threadCount))).map { _ in GrowableBytes(capacity: 1 << 16)
    }
    var skipped = skipped
    var first = 0
    while first < segments {
      let start = first
      let parts = min(outputs.count, segments - start)
      try WorkerPool.shared.run(parts: parts) { part, _ in
        outputs[part].count = 0
        render(Segment.range(start + part, rows: table.rowCount), into: outputs[part])
      }
      for part in 0..<parts {
        try sink.write(outputs[part].bytes.span.extracting(droppingFirst: skipped))
        skipped = 0
      }
      first += parts
    }
  }

  private func render(_ rows: Range<Int>, into out: GrowableBytes) {
    let cells = encoders.map { _ in RenderedCells(rowCount: RowWriter.blockRows) }
    let fixed = syntax.cellStarts.reduce(syntax.rowStart.count + syntax.rowEnd.count) { $0 + $1.count }
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: RowWriter.blockRows) {
      let block = start..<min(start + RowWriter.blockRows, rows.upperBound)
      for (encoder, column) in zip(encoders, cells) { encoder.render(block, into: column) }
      out.reserve(cells.reduce(fixed * block.count) { $0 + $1.bytes.count })
      lace(cells, rowCount: block.count, into: out)
    }
  }

  /// One column on the way into rows: what stands before each cell, and the cells that are left.
  private struct Strand {
    let start: UnsafePointer<UInt8>
    let startLength: Int
    let cells: UnsafePointer<UInt8>
    let ends: UnsafePointer<Int>
    var position = 0
  }

  /// Copies encoded cells into rows; `out` has the place.
  private func lace(_ cells: [RenderedCells], rowCount: Int, into out: GrowableBytes) {
    // Every pointer below is into memory that this frame keeps alive: `starts`, `rowEnd` and `cells`.
    let starts = zip(syntax.cellStarts.indices, syntax.cellStarts).map { index, start in
      Buffer(index == 0 ? syntax.rowStart + start : start)
    }
    let rowEnd = Buffer(syntax.rowEnd)
    var strands = zip(starts, cells).map {
      Strand(start: $0.pointer, startLength: $0.count, cells: $1.bytes.base, ends: UnsafePointer($1.ends.pointer))
    }
    withExtendedLifetime((starts, rowEnd, cells)) {
      strands.withUnsafeMutableBufferPointer { strands in
        for row in 0..<rowCount {
          for column in strands.indices {
            let strand = strands[column]
            out.appendFew(strand.start, strand.startLength)
            let end = strand.ends[row]
            out.appendUnchecked(strand.cells + strand.position, end - strand.position)
            strands[column].position = end
          }
          out.appendFew(rowEnd.pointer, rowEnd.count)
        }
      }
    }
  }
}
