import CADBC
import ColumnStore
import Execution
import Glibc
import Language

/// Reads rows that come as an Arrow C stream into columns: a whole batch of a column at once.
enum ArrowReader {
  /// All rows of a stream.
  ///
  /// A result of one batch is not copied where its layout is that of a column here: it stays in the driver's memory until
  /// the column goes. Those of several batches are put together at the end; their long texts stay where they are.
  ///
  /// - Parameter received: told how many rows have come, after each batch.
  /// - Throws: `TooManyRows`, `ExecutionError.cancelled`, `StreamFault`, `MemoryError`, a `Diagnostic` for a type that has
  ///   no place here or a batch that cannot be as it says.
  static func table(
    of stream: inout ArrowArrayStream, rowLimit: Int, isCancelled: () -> Bool, received: (Int) -> Void = { _ in }
  ) throws -> Table {
    guard let nextSchema = stream.get_schema, let nextBatch = stream.get_next else {
      throw StreamFault(message: "the driver gave no rows to read")
    }
    var schema = ArrowSchema()
    try check(nextSchema(&stream, &schema), &stream)
    defer { schema.release?(&schema) }
    let fields = try ArrowField.children(of: schema, depth: 0)
    var parts: [[Column]] = fields.map { _ in [] }
    var rowCount = 0
    while true {
      if isCancelled() { throw ExecutionError.cancelled }
      try MemoryBudget.shared.check()
      var batch = ArrowArray()
      try check(nextBatch(&stream, &batch), &stream)
      if batch.release == nil { break }
      let (rows, columns) = try split(ArrowOwner(batch), columnCount: fields.count, rowLimit: rowLimit - rowCount)
      for (index, field) in fields.enumerated() {
        try field.check(columns[index].array, rows)
        parts[index].append(try field.column(columns[index].array, rows, owner: columns[index]))
      }
      rowCount += rows.count
      received(rowCount)
    }
    return Table(
      descriptions: fields.map { ColumnDescription(name: $0.name, type: $0.type) },
      columns: zip(fields, parts).map { Column.concatenated($1, type: $0.type) }, rowCount: rowCount)
  }

  /// The rows of a batch and its columns, each of which is given back by itself.
  private static func split(
    _ batch: ArrowOwner, columnCount: Int, rowLimit: Int
  ) throws -> (rows: Range<Int>, columns: [ArrowOwner]) {
    let (length, offset) = (Int(batch.array.length), Int(batch.array.offset))
    guard length >= 0, offset >= 0, offset <= ArrowField.lengthLimit, batch.array.n_children == Int64(columnCount)
    else {
      throw StreamFault(message: "the driver gave a broken batch")
    }
    if length > rowLimit { throw TooManyRows() }
    guard let columns = batch.takeChildren() else { throw StreamFault(message: "the driver gave a broken batch") }
    return (offset..<offset + length, columns)
  }

  private static func check(_ code: Int32, _ stream: inout ArrowArrayStream) throws {
    guard code != 0 else { return }
    let text = stream.get_last_error?(&stream).map { String(cString: $0) } ?? String(cString: strerror(code))
    throw StreamFault(message: text.split(whereSeparator: \.isNewline).joined(separator: " "))
  }
}

/// A stream broke off.
struct StreamFault: Error {
  let message: String
}

/// An array that a driver has handed over; it is given back when nothing looks into it any more.
///
/// `@unchecked Sendable`: it is only read, and given back once, by whoever is the last to look; the C data interface allows
/// that on any thread.
final class ArrowOwner: @unchecked Sendable {
  private(set) var array: ArrowArray

  init(_ array: ArrowArray) { self.array = array }

  deinit { array.release?(&array) }

  /// Takes the children out, as the C data interface has it under "Moving child arrays", so that a column does not keep
  /// the others. Nil where one is missing.
  func takeChildren() -> [ArrowOwner]? {
    var taken: [ArrowOwner] = []
    for index in 0..<Int(array.n_children) {
      guard let child = array.children?[index], child.pointee.release != nil else { return nil }
      taken.append(ArrowOwner(child.pointee))
      child.pointee.release = nil
    }
    return taken
  }
}
