import ColumnStore
import Testing

@testable import Formats

@Suite("NULL") struct NullTests {
  @Test func theUsualMarkersAreNull() throws {
    let loaded = try load("n,t,k\n1,x,k\nNA,NA,k\nN/A,N/A,k\nn/a,n/a,k\nnull,null,k\nNULL,NULL,k\n-,-,k\n,,k\n")
    #expect(loaded.values(0) == [.integer(1)] + Array(repeating: .null, count: 7))
    #expect(loaded.texts(1) == ["x"] + Array(repeating: nil, count: 7))
    #expect(
      loaded.report.nullMarkers == ["", "-", "N/A", "NA", "NULL", "n/a", "null"].map { .init(text: $0, count: 2) })
    #expect(loaded.report.lines.contains("NULL: empty 2, - 2, N/A 2, NA 2, NULL 2, n/a 2, null 2"))
  }

  @Test func namibiaIsACountry() throws {
    let loaded = try load("c,n\nDE,1\nNA,NA\nFR,3\n")
    #expect(loaded.texts(0) == ["DE", "NA", "FR"])
    #expect(loaded.values(1) == [.integer(1), .null, .integer(3)])
    #expect(loaded.report.notes.count == 1)
    #expect(try load("c,n\nDE,1\nNA,2\n") { $0.nulls = ["NA"] }.texts(0) == ["DE", nil])
    #expect(try load("c,n\nDEU,1\nNA,2\n").texts(0) == ["DEU", nil])
  }

  @Test func aQuotedEmptyFieldIsAnEmptyText() throws {
    let loaded = try load("t,n,k\n\"\",\"\",1\n,2,\nx,3,4\n")
    #expect(loaded.texts(0) == ["", nil, "x"])
    #expect(loaded.values(1) == [.null, .integer(2), .integer(3)])
  }

  @Test func whereEverythingIsQuotedItIsNull() throws {
    let loaded = try load("\"t\",\"n\"\n\"\",\"\"\n\"x\",\"2\"\n")
    #expect(loaded.texts(0) == [nil, "x"])
    #expect(loaded.values(1) == [.null, .integer(2)])
  }

  @Test func markersCanBeGiven() throws {
    let loaded = try load("t,n\n-,1\nnone,none\n") { $0.nulls = ["none"] }
    #expect(loaded.texts(0) == ["-", nil])
    #expect(loaded.values(1) == [.integer(1), .null])
  }

  @Test("markers that look like values are no values", arguments: [1, 200])
  func markersLikeValues(_ times: Int) throws {
    let row = "999,99.9,77,1900-01-01,1900-01-01T00:00:00Z,false,999999999\n"
    let other = "-12,1.5,2.25,2021-02-10,2021-02-10T00:00:00Z,true,123456789\n"
    let text = "i,d,m,day,time,flag,long\n" + String(repeating: other + row + row, count: times)
    let markers = ["999", "99.9", "77", "1900-01-01", "1900-01-01T00:00:00Z", "false", "999999999"]
    let loaded = try load(text) { $0.nulls = markers }
    #expect(loaded.types == [.integer, .double, .double, .date, .timestamp, .boolean, .integer])
    for column in loaded.types.indices {
      #expect(loaded.values(column).map { $0 == .null } == (0..<3 * times).map { $0 % 3 != 0 })
    }
    #expect(
      Set(loaded.report.nullMarkers.map { "\($0.text) \($0.count)" }) == Set(markers.map { "\($0) \(2 * times)" }))
    let spaced = try load("i,t\n999 ,999\n 999,998\n7,\n") { $0.nulls = ["999"] }
    #expect(spaced.values(0) == [.null, .null, .integer(7)])
    #expect(spaced.values(1) == [.null, .integer(998), .null])
  }

  @Test func aColumnOfNothingIsText() throws {
    let loaded = try load("a,b\n1,\n2,-\n")
    #expect(loaded.types == [.integer, .text])
    #expect(loaded.texts(1) == [nil, nil])
  }

  @Test func aColumnOfSpacesIsText() throws {
    let loaded = try load("a,b\n1,  \n2,\n3, NA \n")
    #expect(loaded.texts(1) == ["  ", nil, " NA "])
  }

  @Test func nullsAtEveryPlaceOfAWord() throws {
    var lines = ["n,t,d,b"]
    for row in 0..<1000 { lines.append(row % 3 == 0 || row == 64 || row == 127 ? ",,," : "\(row),x\(row),0.5,true") }
    // Lines of delimiters alone are passed over, so something must stand in them.
    lines = lines.map { $0 == ",,," ? ",,,-" : $0 }
    for size in [1, 50, 4096] {
      var tuning = SourceFile.Tuning()
      tuning.chunkSize = size
      let loaded = try load(bytes: Array(lines.joined(separator: "\n").utf8), tuning: tuning)
      for row in 0..<1000 {
        let isNull = row % 3 == 0 || row == 64 || row == 127
        #expect(loaded.table.columns.allSatisfy { $0.isNull(row) == isNull })
        if !isNull { #expect(loaded.values(0)[row] == .integer(Int64(row))) }
      }
    }
  }
}
