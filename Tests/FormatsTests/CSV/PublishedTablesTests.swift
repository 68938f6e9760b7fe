import ColumnStore
import Glibc
import Testing

@testable import Formats

/// The eleven tables of removal requests as they were published. The figures were obtained by Python's `csv` module with
/// `decode('mac_roman')` for July to December 2016 and `decode('utf-8-sig')` for the others, and a regular expression for
/// the numbers.
@Suite("Published tables") struct PublishedTablesTests {
  static let places: [String] = [
    "../shared/datasets/twitter-removal-requests", "/work/shared/datasets/twitter-removal-requests",
  ]
  static let folder: String? = places.first { access($0, R_OK) == 0 }

  @Test(.enabled(if: folder != nil, "skipped: ../shared/datasets is not on this machine"))
  func sumsAreThoseOfAnIndependentReading() throws {
    let paths = try expandPaths([try #require(Self.folder)])
    #expect(paths.count == 11)
    let loaded = try DelimitedSource.open(paths: paths).load()
    #expect(loaded.table.rowCount == 396)
    #expect(loaded.report.files.map(\.rowCount) == [6, 20, 29, 35, 54, 72, 14, 26, 32, 44, 64])
    #expect(loaded.report.files.map(\.encoding) == Array(repeating: "UTF-8", count: 10) + ["Mac Roman"])
    #expect(loaded.report.files.map(\.dialect.lineEnd.rawValue).filter { $0 == "CR" }.count == 2)
    #expect(loaded.report.files[5].blankLineCount == 3)
    #expect(loaded.rejects == nil)

    let sums: [(name: String, count: Int, sum: Int64)] = [
      ("REMOVAL REQUESTS (COURT ORDERS)", 286, 7746),
      ("REMOVAL REQUESTS (GOV’T AGENCY, POLICE, OTHER)", 193, 20602),
      ("ACCOUNTS SPECIFIED", 286, 133_876), ("ACCOUNTS WITHHELD", 304, 3228), ("TWEETS WITHHELD", 302, 26846),
      ("ACCOUNTS (TOS)", 166, 20240), ("ACCOUNTS (NO ACTION)", 35, 11910),
      ("REMOVAL REQUESTS (GOVERNMENT AGENCY, POLICE, OTHER)", 46, 10668),
      ("REMOVAL REQUESTS (GOV‰ÛªT AGENCY, POLICE, OTHER)", 47, 10062),
    ]
    for expected in sums {
      let column = try #require(loaded.names.firstIndex(of: expected.name))
      #expect(loaded.types[column] == .integer)
      let numbers = loaded.values(column).compactMap { value -> Int64? in
        if case .integer(let number) = value { return number }
        return nil
      }
      #expect(numbers.count == expected.count)
      #expect(numbers.reduce(0, +) == expected.sum)
    }
    let percent = try #require(loaded.names.firstIndex(of: "PERCENTAGE WHERE SOME CONTENT WITHHELD"))
    let hundredths = loaded.values(percent).compactMap { value -> Int? in
      if case .double(let number) = value { return Int((number * 100).rounded()) }
      return nil
    }
    #expect(hundredths.count == 286)
    #expect(hundredths.reduce(0, +) == 2383)

    let texts: [(name: String, count: Int, bytes: Int)] = [
      ("COUNTRY", 396, 3214), ("ISO CODE", 385, 770), ("TIME PERIOD", 388, 7548), ("FLAGS", 385, 19250),
      ("LINKS", 385, 9622), ("REPORT LINKS", 385, 21175),
    ]
    for expected in texts {
      let column = try #require(loaded.names.firstIndex(of: expected.name))
      let present = loaded.texts(column).compactMap { $0 }
      #expect(present.count == expected.count)
      #expect(present.reduce(0) { $0 + $1.utf8.count } == expected.bytes)
    }
    #expect(loaded.report.remarkCount == 29)
    #expect(loaded.remarked.contains { $0.hasSuffix("TWEETS WITHHELD 3,003 (2,156) 3003") })
    #expect(loaded.report.nullMarkers.first == LoadReport.NullMarker(text: "-", count: 691))
  }
}
