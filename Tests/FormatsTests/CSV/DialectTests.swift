import ColumnStore
import Testing

@testable import Formats

@Suite("Dialects") struct DialectTests {
  @Test(arguments: [",", ";", "\t", "|"])
  func theDelimiterIsFound(delimiter: String) throws {
    let text = [["id", "name", "note"], ["1", "ann", "x y"], ["2", "bob", "z"]]
      .map { $0.joined(separator: delimiter) }.joined(separator: "\n")
    let loaded = try load(text)
    #expect(loaded.report.files[0].dialect.delimiter == delimiter.utf8.first)
    #expect(loaded.names == ["id", "name", "note"])
    #expect(loaded.texts(1) == ["ann", "bob"])
  }

  @Test func delimitersInsideQuotesDoNotCount() throws {
    let loaded = try load("a;b\n\"1,2,3\";x\n\"4,5,6\";y\n")
    #expect(loaded.report.files[0].dialect.delimiter == UInt8(ascii: ";"))
    #expect(loaded.texts(0) == ["1,2,3", "4,5,6"])
  }

  @Test func aFileOfOneColumnIsFine() throws {
    let loaded = try load("name\nann\n\nbob\n\n\n")
    #expect(loaded.names == ["name"])
    // A blank line inside is NULL, those at the end are nothing.
    #expect(loaded.texts(0) == ["ann", nil, "bob"])
    #expect(loaded.lines == [2, 3, 4])
  }

  @Test func sentencesWithCommasAreOneColumn() throws {
    let loaded = try load("statement\nfirst, second\nnothing here\nthird, fourth, fifth\nx\n")
    #expect(loaded.names == ["statement"])
    #expect(loaded.texts(0) == ["first, second", "nothing here", "third, fourth, fifth", "x"])
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func lineEndsAreFound(end: String) throws {
    let loaded = try load(["a,b", "1,x", "\"2\",\"y\"", "3,z"].joined(separator: end))
    #expect(loaded.values(0) == [.integer(1), .integer(2), .integer(3)])
    #expect(loaded.texts(1) == ["x", "y", "z"])
    #expect(loaded.lines == [2, 3, 4])
  }

  @Test func mixedLineEndsAllEndLines() throws {
    let loaded = try load("a,b\r1,x\r\n2,y\n3,z\r4,w\r")
    #expect(loaded.report.files[0].dialect.lineEnd == .mixed)
    #expect(loaded.texts(1) == ["x", "y", "z", "w"])
    #expect(loaded.lines == [2, 3, 4, 5])
  }

  @Test func quotesMayBeDoubled() throws {
    let loaded = try load("a,b\n\"say \"\"hi\"\"\",1\n\"\"\"\",2\n")
    #expect(loaded.texts(0) == ["say \"hi\"", "\""])
  }

  @Test func quotesMayBeEscapedByBackslash() throws {
    let loaded = try load(#"a,b"# + "\n" + #""say \"hi\", \\ ok",1"# + "\n" + #""c:\new",2"# + "\n")
    #expect(loaded.report.files[0].dialect.escape == .backslash)
    #expect(loaded.texts(0) == [#"say "hi", \ ok"#, #"c:\new"#])
  }

  @Test func singleQuotesAreFoundWhereConsistent() throws {
    let loaded = try load("a,b\n'x, y',1\n'z','2'\n")
    #expect(loaded.report.files[0].dialect.quote == UInt8(ascii: "'"))
    #expect(loaded.texts(0) == ["x, y", "z"])
    let apostrophes = try load("a,b\n'tis,1\nx,2\n")
    #expect(apostrophes.texts(0) == ["'tis", "x"])
  }

  @Test func withoutQuotesAQuoteIsText() throws {
    let loaded = try load("a,b\n\"x,1\ny,2\n") { $0.quote = LoadOptions.QuoteChoice.none }
    #expect(loaded.texts(0) == ["\"x", "y"])
    #expect(loaded.rejects == nil)
  }

  @Test func theFirstRecordNamesColumnsWhenValuesStandBelow() throws {
    #expect(try load("year,name\n2012,x\n2013,y\n").names == ["year", "name"])
    let bare = try load("2012,x\n2013,y\n")
    #expect(bare.names == ["column_1", "column_2"])
    #expect(bare.table.rowCount == 2)
    #expect(bare.lines == [1, 2])
  }

  @Test func yearsMayBeNames() throws {
    #expect(try load("country,2019,2020\nFrance,12,15\nGreece,7,9\n").names == ["country", "2019", "2020"])
  }

  @Test func allTextIsAHeaderUnlessItComesAgain() throws {
    #expect(try load("name,city\nann,Rome\nbob,Oslo\n").names == ["name", "city"])
    #expect(try load("x,y\nz,y\nw,v\n").names == ["column_1", "column_2"])
  }

  @Test func aFileOfOneLineIsAHeader() throws {
    let loaded = try load("a,b,c")
    #expect(loaded.names == ["a", "b", "c"])
    #expect(loaded.table.rowCount == 0)
    #expect(try load("a,b\n") { $0.header = false }.table.rowCount == 1)
  }

  @Test func namesAreMadeDistinct() throws {
    let loaded = try load("\u{FEFF} id ,n,N,,n\n1,2,3,4,5\n")
    #expect(loaded.names == ["id", "n", "N_2", "column_4", "n_3"])
  }

  @Test func rowsThatAllHaveMoreFieldsGetColumns() throws {
    let loaded = try load("a,b\n1,2,\n3,4,\n5,6,\n7,8,\n")
    #expect(loaded.names == ["a", "b", "column_3"])
    #expect(loaded.rejects == nil)
  }

  @Test func linesBeforeTheHeaderAreSkipped() throws {
    let loaded = try load("Report of 2020\n(draft)\n\na,b\n1,2\n") { $0.skipLines = 2 }
    #expect(loaded.names == ["a", "b"])
    #expect(loaded.lines == [5])
  }

  @Test func anEmptyFileIsAnError() throws {
    let folder = try Folder()
    let path = try folder.write("e.csv", "")
    #expect(throws: LoadError.isEmpty(path: path)) { try DelimitedSource.open(paths: [path]) }
    let blank = try folder.write("blank.csv", "\n\n")
    #expect(throws: LoadError.isEmpty(path: blank)) { try DelimitedSource.open(paths: [blank]) }
    let full = try folder.write("f.csv", "a\n1\n")
    let loaded = try DelimitedSource.open(paths: [path, full]).load()
    #expect(loaded.report.emptyFiles == [path])
    #expect(loaded.table.rowCount == 1)
  }
}
