import CADBC
import ColumnStore
import Glibc
import Testing

@testable import Engines

/// An array of the C data interface, laid out by hand. Its memory is never given back, so that nothing in it can hang.
struct HandMadeArray {
  var schema = ArrowSchema()
  var array = ArrowArray()

  init(_ format: String, name: String = "x", length: Int, nulls: Int = 0, offset: Int = 0, buffers: [[UInt8]?]) {
    schema.format = UnsafePointer(strdup(format))
    schema.name = UnsafePointer(strdup(name))
    array.length = Int64(length)
    array.null_count = Int64(nulls)
    array.offset = Int64(offset)
    array.n_buffers = Int64(buffers.count)
    let pointers = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(capacity: max(1, buffers.count))
    for (index, bytes) in buffers.enumerated() {
      guard let bytes else {
        pointers[index] = nil
        continue
      }
      let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
      copy.copyMemory(from: bytes, byteCount: bytes.count)
      pointers[index] = UnsafeRawPointer(copy)
    }
    array.buffers = pointers
  }

  mutating func add(_ children: [HandMadeArray]) {
    let schemas = UnsafeMutablePointer<UnsafeMutablePointer<ArrowSchema>?>.allocate(capacity: children.count)
    let arrays = UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>.allocate(capacity: children.count)
    for (index, child) in children.enumerated() {
      schemas[index] = .allocate(capacity: 1)
      schemas[index]?.initialize(to: child.schema)
      arrays[index] = .allocate(capacity: 1)
      arrays[index]?.initialize(to: child.array)
    }
    (schema.children, array.children) = (schemas, arrays)
    (schema.n_children, array.n_children) = (Int64(children.count), Int64(children.count))
  }

  mutating func encode(_ dictionary: HandMadeArray) {
    schema.dictionary = .allocate(capacity: 1)
    schema.dictionary.initialize(to: dictionary.schema)
    array.dictionary = .allocate(capacity: 1)
    array.dictionary.initialize(to: dictionary.array)
  }

  /// The values as a column has them, which must be those that are read one by one.
  func values() throws -> [Value] { try values(0..<Int(array.length)) }

  func values(_ rows: Range<Int>) throws -> [Value] {
    let field = try ArrowField(schema)
    try field.check(array, rows)
    let column = try field.column(array, rows, owner: Owner())
    let values = (0..<column.count).map { column.value($0) }
    #expect(column.type == field.type)
    #expect(try values == rows.map { try field.value(array, $0) })
    return values
  }
}

/// Numbers as they lie in memory.
func bytes<Number: BitwiseCopyable>(_ numbers: [Number]) -> [UInt8] { numbers.withUnsafeBytes { Array($0) } }

/// Keeps the memory of an array.
final class Owner {}
