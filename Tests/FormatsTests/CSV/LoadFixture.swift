import ColumnStore
import FoundationEssentials
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

/// The bytes that a text in Base64 stands for, which may be cut into lines.
func decoded(_ base64: String) throws -> [UInt8] {
  Array(try #require(Data(base64Encoded: base64.filter { !$0.isWhitespace })))
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
  return result + littleEndian(checksum(bytes)) + littleEndian(UInt32(bytes.count))
}

/// A zip file (PKWARE's APPNOTE.TXT 6.3) of stored members.
func zip(_ members: [(name: String, content: [UInt8])]) -> [UInt8] {
  var files: [UInt8] = []
  var directory: [UInt8] = []
  for (name, content) in members {
    let size = littleEndian(UInt32(content.count))
    // Version 2.0, no flags, stored, no time, 1980-01-01; then the name's length, and no further fields.
    let common: [UInt8] =
      [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0] + littleEndian(checksum(content)) + size + size
      + littleEndian(UInt32(name.utf8.count))
    let offset = littleEndian(UInt32(files.count))
    files += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + content
    directory +=
      [0x50, 0x4B, 1, 2, 20, 0] + common + [UInt8](repeating: 0, count: 10) + offset + Array(name.utf8)
  }
  let count = littleEndian(UInt32(members.count)).prefix(2)
  return files + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count
    + littleEndian(UInt32(directory.count)) + littleEndian(UInt32(files.count)) + [0, 0]
}

/// The CRC-32 of ISO 3309.
private func checksum(_ bytes: [UInt8]) -> UInt32 {
  var check: UInt32 = .max
  for byte in bytes {
    check ^= UInt32(byte)
    for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ 0xEDB8_8320 : check >> 1 }
  }
  return ~check
}

private func littleEndian(_ number: UInt32) -> [UInt8] {
  [UInt32(0), 8, 16, 24].map { UInt8(number >> $0 & 0xFF) }
}

/// Calls the body with the pool's threads set to each of the numbers.
func withThreads(_ counts: [Int], _ body: (Int) throws -> Void) rethrows {
  let usual = WorkerPool.shared.threadCount
  defer { WorkerPool.shared.threadCount = usual }
  for count in counts {
    WorkerPool.shared.threadCount = count
    try body(count)
  }
}
