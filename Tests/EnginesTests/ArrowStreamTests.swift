import CADBC
import ColumnStore
import Execution
import Testing

@testable import Engines

/// Streams of batches, as drivers give them.
@Suite("Arrow streams") struct ArrowStreamTests {
  /// What a stream still has to give, and what was given back.
  private final class Source {
    let schema: ArrowSchema
    var batches: [ArrowArray]
    var released = 0

    init(_ batches: [HandMadeArray]) {
      schema = batches[0].schema
      self.batches = batches.map(\.array)
    }

    /// The stream; columns are given back through `release`, which counts them.
    func stream() -> ArrowArrayStream {
      var stream = ArrowArrayStream()
      stream.private_data = Unmanaged.passUnretained(self).toOpaque()
      stream.get_schema = { stream, schema in
        guard let stream, let schema else { return 22 }
        schema.pointee = Source.of(stream.pointee.private_data).schema
        return 0
      }
      stream.get_next = { stream, batch in
        guard let stream, let batch else { return 22 }
        let source = Source.of(stream.pointee.private_data)
        if source.batches.isEmpty {
          batch.pointee = ArrowArray()
          return 0
        }
        batch.pointee = source.batches.removeFirst()
        source.own(batch)
        for index in 0..<Int(batch.pointee.n_children) {
          if let child = batch.pointee.children[index] { source.own(child) }
        }
        return 0
      }
      return stream
    }

    private func own(_ array: UnsafeMutablePointer<ArrowArray>) {
      array.pointee.private_data = Unmanaged.passUnretained(self).toOpaque()
      array.pointee.release = { array in
        guard let array else { return }
        // A parent gives back the children that were not taken from it.
        for index in 0..<Int(array.pointee.n_children) {
          if let child = array.pointee.children[index] { child.pointee.release?(child) }
        }
        Source.of(array.pointee.private_data).released += 1
        array.pointee.release = nil
      }
    }

    static func of(_ pointer: UnsafeMutableRawPointer?) -> Source {
      guard let pointer else { fatalError("a stream without its source") }
      return Unmanaged<Source>.fromOpaque(pointer).takeUnretainedValue()
    }
  }

  private func batch(_ first: Int64, _ texts: [String], offset: Int = 0) -> HandMadeArray {
    let numbers = (0..<Int64(texts.count)).map { first + ($0 << 40) }
    var offsets: [Int32] = [0]
    for text in texts { offsets.append(offsets[offsets.count - 1] + Int32(text.utf8.count)) }
    var made = HandMadeArray("+s", name: "", length: texts.count - offset, offset: offset, buffers: [nil])
    made.add([
      HandMadeArray("l", name: "n", length: texts.count, buffers: [nil, bytes(numbers)]),
      HandMadeArray("u", name: "t", length: texts.count, buffers: [nil, bytes(offsets), Array(texts.joined().utf8)]),
    ])
    return made
  }

  private func read(
    _ source: Source, rowLimit: Int = 100, isCancelled: Bool = false, received: (Int) -> Void = { _ in }
  ) throws -> Table {
    var stream = source.stream()
    return try withExtendedLifetime(source) {
      try ArrowReader.table(of: &stream, rowLimit: rowLimit, isCancelled: { isCancelled }, received: received)
    }
  }

  private func rows(_ table: Table) -> [[Value]] {
    (0..<table.rowCount).map { row in table.columns.map { $0.value(row) } }
  }

  @Test func batchesAreReadOneAfterTheOther() throws {
    let source = Source([
      batch(1, ["a", "b"]), batch(9, ["c", "longer than twelve bytes"], offset: 1), batch(5, ["e"]),
    ])
    var counts: [Int] = []
    let table = try read(source) { counts.append($0) }
    #expect(table.descriptions.map(\.name) == ["n", "t"])
    let step: Int64 = 1 << 40
    let expected: [[Value]] = [
      [.integer(1), .text("a")], [.integer(1 + step), .text("b")],
      [.integer(9 + step), .text("longer than twelve bytes")], [.integer(5), .text("e")],
    ]
    #expect(rows(table) == expected)
    #expect(counts == [2, 3, 4])
    // Three batches and their six columns.
    #expect(source.released == 9)
  }

  @Test func aSingleBatchIsGivenBackWithTheLastColumn() throws {
    let source = Source([batch(1 << 50, ["a", "b"])])
    var table: Table? = try read(source)
    // The batch, and the texts, which are short; the numbers are looked at where they lie.
    #expect(source.released == 2)
    #expect(table?.columns[0].value(0) == .integer(1 << 50))
    table = nil
    #expect(source.released == 3)
  }

  @Test func tooManyRowsAndBrokenBatches() throws {
    #expect(throws: TooManyRows.self) { try read(Source([batch(1, ["a", "b"]), batch(1, ["c"])]), rowLimit: 2) }
    var short = batch(1, ["a"])
    short.array.n_children = 1
    let source = Source([short])
    #expect(throws: StreamFault.self) { try read(source) }
    #expect(source.released == 2)
    var empty = ArrowArrayStream()
    #expect(throws: StreamFault.self) {
      try ArrowReader.table(of: &empty, rowLimit: 1, isCancelled: { false })
    }
  }

  @Test func cancelling() {
    let source = Source([batch(1, ["a"])])
    #expect(throws: ExecutionError.self) { try read(source, isCancelled: true) }
    #expect(source.released == 0)
  }
}
