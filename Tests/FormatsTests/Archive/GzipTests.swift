import ColumnStore
import Testing

@testable import Formats

/// Gzip files as tools write them, and damaged ones.
@Suite("Gzip") struct GzipTests {
  /// Nothing, by Python's gzip module.
  private static let empty = "H4sIAAAAAAACAwMAAAAAAAAAAAA="
  /// `id,name`, then 100,000 times the rows `1,ann` and `2,bob`, by Python's gzip module.
  private static let long = """
    H4sIAAAAAAACA+3GsREAEBAAsN4s37ARR6Hw9u+MYIGkyp6R/axSo2eWFuMOd3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3
    d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3//wByYbT8IhPEgA=
    """

  private func names(_ content: [UInt8]) throws -> [String?] { try load(bytes: content, name: "t.csv.gz").texts(1) }

  @Test func aLongFileIsReadWhole() throws {
    let loaded = try load(bytes: try decoded(Self.long), name: "t.csv.gz")
    #expect(loaded.report.files[0].byteCount == 1_200_008)
    #expect(loaded.texts(1) == (0..<200_000).map { $0 % 2 == 0 ? "ann" : "bob" })
  }

  @Test func membersFollowEachOther() throws {
    let (first, second) = (gzip("id,name\n1,a"), gzip("nn\n2,bob\n"))
    #expect(try names(first + second) == ["ann", "bob"])
    let empty = try decoded(Self.empty)
    #expect(try names(empty + first + empty + second + empty) == ["ann", "bob"])
    // The size that the last member says is not that of the file.
    #expect(try names(try decoded(Self.long) + gzip("3,eve\n")).count == 200_001)
  }

  @Test func whatStandsBehindIsPassedOver() throws {
    let whole = gzip("id,name\n1,ann\n")
    for rest in [[0], [UInt8](repeating: 0, count: 512), Array("something else".utf8)] {
      #expect(try names(whole + rest) == ["ann"])
    }
  }

  @Test func aFileThatEndsTooEarlyIsDamaged() throws {
    let whole = gzip("id,name\n1,ann\n2,bob\n")
    for count in 19..<whole.count { #expect(throws: LoadError.self) { try names(Array(whole.prefix(count))) } }
    let long = try decoded(Self.long)
    for count in stride(from: 50, to: long.count, by: 97) {
      #expect(throws: LoadError.self) { try names(Array(long.prefix(count))) }
    }
  }

  @Test func aChangedByteIsNoticed() throws {
    let whole = gzip("id,name\n1,ann\n2,bob\n")
    for place in 10..<whole.count {
      for bit in 0..<8 {
        var changed = whole
        changed[place] ^= 1 << UInt8(bit)
        // The five bits between a stored block's head and its length mean nothing.
        if place == 10, bit > 2 {
          #expect(try names(changed) == ["ann", "bob"])
        } else {
          #expect(throws: LoadError.self) { try names(changed) }
        }
      }
    }
  }

  @Test func theWrongChecksumIsNamed() throws {
    var changed = gzip("id,name\n1,ann\n")
    changed[changed.count - 5] ^= 1
    let error = #expect(throws: LoadError.self) { try names(changed) }
    guard case .damagedArchive(_, let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason == "cannot be unpacked: its checksum is wrong")
  }
}
