import ColumnStore

/// Writes all rows of a table in one syntax.
///
/// Workers take a piece each. In it, blocks of a few thousand rows are encoded column by column, where the loops are
/// tight, and then laced into rows by copying. No String is made for any cell of an integer, date or text column.
struct RowWriter {
  private let table: Table
  private let syntax: RowSyntax
  private let encoders: [CellEncoder]

  /// Rows that are encoded before they are laced: the cells of a block stay in the cache.
  private static let blockRows = 2048
  /// Rows that a worker takes at a time.
  private static let pieceRows = 4 * blockRows

  init(_ table: Table, syntax: RowSyntax) {
    precondition(syntax.cellStarts.count == table.columns.count)
    self.table = table
    self.syntax = syntax
    encoders = table.columns.map { CellEncoder($0, syntax: syntax) }
  }

  /// Writes all rows; the first `skipped` bytes are left out, for a separator that the first row must not have.
  ///
  /// A few pieces are rendered while those before them are written.
  func write(to sink: any ByteSink, skipped: Int = 0) throws {
    let pieces = (table.rowCount + RowWriter.pieceRows - 1) / RowWriter.pieceRows
    let atOnce = min(pieces, 2 * WorkerPool.shared.threadCount)
    var (ready, next) = (Output(sink: sink, count: atOnce), Output(sink: sink, count: atOnce))
    var first = 0
    while first < pieces || ready.count > 0 {
      let (output, done, start) = (next, ready, first)
      output.count = min(atOnce, pieces - start)
      try WorkerPool.shared.run(parts: 1 + output.count) { part, _ in
        if part == 0 { return try done.write(skipped: start == atOnce ? skipped : 0) }
        let row = (start + part - 1) * RowWriter.pieceRows
        render(row..<min(row + RowWriter.pieceRows, table.rowCount), into: output.pieces[part - 1])
      }
      first += output.count
      swap(&ready, &next)
      next.count = 0
    }
  }

  /// Rendered pieces on their way to a sink.
  ///
  /// `@unchecked Sendable`: a worker renders into a piece of its own, and those that one of them writes are rendered
  /// already; so only one at a time has the sink.
  private final class Output: @unchecked Sendable {
    let pieces: [GrowableBytes]
    /// How many pieces are of use.
    var count = 0
    private let sink: any ByteSink

    init(sink: any ByteSink, count: Int) {
      self.sink = sink
      pieces = (0..<count).map { _ in GrowableBytes(capacity: 1 << 16) }
    }

    /// Writes the pieces without the first bytes of all.
    func write(skipped: Int) throws {
      for (index, piece) in pieces.prefix(count).enumerated() {
        try sink.write(piece.bytes.span.extracting(droppingFirst: index == 0 ? skipped : 0))
        piece.count = 0
      }
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
            out.appendUnchecked(ofAnother: strand.cells + strand.position, end - strand.position)
            strands[column].position = end
          }
          out.appendFew(rowEnd.pointer, rowEnd.count)
        }
      }
    }
  }
}
