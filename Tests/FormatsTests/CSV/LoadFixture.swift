import ColumnStore
import Glibc
import Testing

@testable import Formats

/// A folder for a test's files, removed with it.
final class Folder: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/noticebook-test-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    path = try #require(made)
  }

  deinit {
    for name in (try? folderEntries(path)) ?? [] { remove(path + "/" + name) }
    rmdir(path)
  }

  /// Writes a file and gives its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = try #require(fopen(path + "/" + name, "w"))
    defer { fclose(file) }
    try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    return path + "/" + name
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }
}

/// Loads one file of the given content.
func load(_ text: String, name: String = "t.csv", _ change: (inout LoadOptions) -> Void = { _ in }) throws
  -> LoadedTable
{
  try load(bytes: Array(text.utf8), name: name, change)
}

func load(
  bytes: [UInt8], name: String = "t.csv", tuning: SourceFile.Tuning = SourceFile.Tuning(),
  _ change: (inout LoadOptions) -> Void = { _ in }
) throws -> LoadedTable {
  let folder = try Folder()
  var options = LoadOptions()
  change(&options)
  return try DelimitedSource.open(paths: [try folder.write(name, bytes)], options: options, tuning: tuning).load()
}

extension LoadedTable {
  var names: [String] { table.descriptions.map(\.name) }
  var types: [DataType] { table.descriptions.map(\.type) }

  /// The values of a column.
  func values(_ column: Int) -> [Value] { (0..<table.rowCount).map { table.columns[column].value($0) } }

  /// The values of a column as files hold them; nil for NULL.
  func texts(_ column: Int) -> [String?] { values(column).map { $0.isNull ? nil : $0.description } }

  /// The lines that the rows begin on.
  var lines: [Int] { (0..<table.rowCount).map { table.origin?.place(of: $0)?.line ?? -1 } }

  /// The rejects as `line column text reason`.
  var rejected: [String] { LoadedTable.describe(rejects) }

  /// The remarks as `line column text figure`.
  var remarked: [String] { LoadedTable.describe(remarks) }

  private static func describe(_ table: Table?) -> [String] {
    guard let table else { return [] }
    return (0..<table.rowCount).map { row in
      table.row(row).dropFirst().map(\.description).joined(separator: " ")
    }
  }
}

/// A gzip file (RFC 1952) of stored blocks.
func gzip(_ text: String) -> [UInt8] {
  let bytes = Array(text.utf8)
  var result: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
  for start in stride(from: 0, to: bytes.count, by: 65_535) {
    let block = bytes[start..<min(start + 65_535, bytes.count)]
    let count = UInt16(block.count)
    result.append(block.endIndex == bytes.count ? 1 : 0)
    for number in [count, ~count] { result += [UInt8(number & 0xFF), UInt8(number >> 8)] }
    result += block
  }
  var check: UInt32 = .max
  for byte in bytes {
    check ^= UInt32(byte)
    for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ 0xEDB8_8320 : check >> 1 }
  }
  for number in [~check, UInt32(bytes.count)] {
    for shift in [UInt32(0), 8, 16, 24] { result.append(UInt8(number >> shift & 0xFF)) }
  }
  return result
}
