import ColumnStore
import FixedRandom
import Testing

@testable import Formats

/// Snapshots with bytes changed by chance: an error, or the right table, and never a crash.
@Suite("Damaged snapshots") struct SnapshotFuzzTests {
  private let table = SnapshotFixture.table(rowCount: 40)

  /// Changes a few bytes, or takes all from some place on.
  private func damage(_ bytes: inout [UInt8], _ range: Range<Int>, _ generator: inout FixedGenerator) {
    if Int.random(in: 0..<20, using: &generator) == 0 {
      bytes.removeSubrange(Int.random(in: range, using: &generator)...)
      return
    }
    for _ in 0..<Int.random(in: 1...4, using: &generator) { change(&bytes, range, &generator) }
  }

  private func change(_ bytes: inout [UInt8], _ range: Range<Int>, _ generator: inout FixedGenerator) {
    let place = Int.random(in: range, using: &generator)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: bytes[place] = 0xFF
    case 1: bytes[place] = 0
    case 2: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    default: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
    }
  }

  private func directoryRange(_ bytes: [UInt8]) throws -> Range<Int> {
    try SnapshotEnds.directory(footer: Array(bytes.suffix(SnapshotEnds.footerSize)), fileSize: bytes.count).range
  }

  /// Whether a file is an error somewhere; reads all that can be read of it.
  private func isRefused(_ bytes: [UInt8]) throws -> Bool {
    guard let snapshot = try? SnapshotFixture.open(bytes) else { return true }
    var isRefused = false
    for (_, table) in snapshot.tables {
      let columns = Array(table.columns)
      if table.columns.problem != nil { isRefused = true }
      for (index, column) in columns.enumerated() {
        for row in 0..<min(column.count, 100) { _ = column.value(row).description }
        _ = table.statistics(index)
        _ = column.dictionary?.sortedCodes()
      }
      if let origin = table.origin, table.rowCount < 1000 {
        _ = origin.lineColumn(rowCount: table.rowCount)
        _ = origin.fileColumn(rowCount: table.rowCount)
      }
      _ = try CSVFormat().text(table.slice(0..<min(table.rowCount, 50)))
    }
    return isRefused
  }

  @Test("bytes changed anywhere are found, or do not matter") func anywhere() throws {
    let good = try SnapshotFixture.bytes([("t", table)])
    var generator = FixedGenerator(seed: 1)
    var refused = 0
    for _ in 0..<1000 {
      var bytes = good
      damage(&bytes, 0..<good.count, &generator)
      if try isRefused(bytes) {
        refused += 1
      } else {
        let read = try #require(try SnapshotFixture.open(bytes).tables.first?.table)
        SnapshotFixture.expectSame(read, table, "read all the same")
      }
    }
    // Nothing but the padding between blocks may be changed unnoticed.
    #expect(refused > 700)
  }

  @Test("a directory with the right checksum may say what it likes") func directory() throws {
    let good = try SnapshotFixture.bytes([("t", table), ("u", table.slice(3..<9))])
    let range = try directoryRange(good)
    var generator = FixedGenerator(seed: 2)
    var refused = 0
    for _ in 0..<1500 {
      var directory = Array(good[range])
      damage(&directory, directory.indices, &generator)
      let footer = SnapshotEnds.footer(directory: directory, at: range.lowerBound)
      if try isRefused(good[..<range.lowerBound] + directory + footer) { refused += 1 }
    }
    #expect(refused > 1000)
  }

  @Test("values with the right checksums may be whatever they like") func values() throws {
    let good = try SnapshotFixture.bytes([("t", table)])
    let range = try directoryRange(good)
    var generator = FixedGenerator(seed: 3)
    var refused = 0
    for _ in 0..<1000 {
      var bytes = good
      for _ in 0..<20 { change(&bytes, SnapshotEnds.headerSize..<range.lowerBound, &generator) }
      if try isRefused(try SnapshotDamage.signed(bytes)) { refused += 1 }
    }
    // Most hits are numbers, which may be any; codes, offsets, texts and views may not.
    #expect(refused > 200)
  }
}
