import ColumnStore
import Testing

@testable import Formats

@Suite("Records") struct RecordTests {
  @Test func shortRowsEndInNull() throws {
    let loaded = try load("a,b,c\n1,x,2\n3\n4,y\n")
    #expect(loaded.values(0) == [.integer(1), .integer(3), .integer(4)])
    #expect(loaded.texts(1) == ["x", nil, "y"])
    #expect(loaded.values(2) == [.integer(2), .null, .null])
    #expect(loaded.rejects == nil)
    #expect(loaded.report.raggedRowCount == 2)
  }

  @Test func surplusFieldsAreKept() throws {
    let loaded = try load("a,b\n1,x\n2,y,\"z, w\",9\n3,v\n")
    #expect(loaded.texts(1) == ["x", "y", "v"])
    #expect(loaded.rejected == ["3  \"z, w\",9 more fields than columns"])
    #expect(loaded.report.raggedRowCount == 1)
    #expect(loaded.report.unreadableColumns.map(\.name) == ["(surplus fields)"])
  }

  @Test func linesOfDelimitersAloneAreNoRows() throws {
    let loaded = try load("a,b,c\n1,x,2\n,,\n\n3,y,4\n,,\n,\n")
    #expect(loaded.values(0) == [.integer(1), .integer(3)])
    #expect(loaded.lines == [2, 5])
    #expect(loaded.report.files[0].blankLineCount == 4)
    #expect(loaded.report.lines.contains("4 lines without values passed over"))
    // Quoted empty texts are values.
    #expect(try load("a,b\nx,y\n\"\",\"\"\n").table.rowCount == 2)
  }

  @Test func aQuoteOpensAFieldOnlyAtItsStart() throws {
    let loaded = try load("size,n\n5\" disk,1\n3\" disk,2\n")
    #expect(loaded.texts(0) == ["5\" disk", "3\" disk"])
    #expect(loaded.rejects == nil)
  }

  @Test func aQuoteInsideAQuotedFieldIsKeptAndReported() throws {
    let loaded = try load("t,n\n\"the \"big\" one\",1\nx,2\n")
    #expect(loaded.texts(0) == ["the \"big\" one", "x"])
    #expect(
      loaded.rejected == [
        "2 t the \"big\" one a quote inside the field is followed by neither delimiter nor line end; it was kept"
      ])
  }

  @Test func aQuoteThatNeverClosesIsKeptAndReported() throws {
    let loaded = try load("t,n\n\"open,1\nx,2\n\"\",3\ny,4\n")
    #expect(loaded.texts(0) == ["\"open", "x", "", "y"])
    #expect(loaded.values(1) == [.integer(1), .integer(2), .integer(3), .integer(4)])
    #expect(
      loaded.rejected == [
        "2 t \"open the quote that opens the field is never closed; it was kept and the line read as unquoted"
      ])
  }

  @Test func textGoesOnOverLines() throws {
    let loaded = try load("t,n\n\"one\ntwo\nthree\",1\nx,2\n\"a\n\nb\",3\ny,4\n")
    #expect(loaded.texts(0) == ["one\ntwo\nthree", "x", "a\n\nb", "y"])
    #expect(loaded.lines == [2, 5, 6, 9])
  }

  @Test func aReturnAloneInAFileOfLineFeedsIsText() throws {
    var text = "t,n\n"
    for row in 0..<50 { text += "x\(row),\(row)\n" }
    text += "a\rb,50\n"
    #expect(try load(text).texts(0)[50] == "a\rb")
  }

  @Test func nulBytesAreKept() throws {
    let loaded = try load("t,n\na\0b,1\n\0,2\n")
    #expect(loaded.texts(0) == ["a\0b", "\0"])
  }

  @Test func theLastLineNeedsNoEnd() throws {
    #expect(try load("a,b\n1,2\n3,4").values(1) == [.integer(2), .integer(4)])
    #expect(try load("a,b\r\n1,2\r\n3,4\r").values(1) == [.integer(2), .integer(4)])
    #expect(try load("a,b\n1,\"x\"").texts(1) == ["x"])
  }

  @Test func aFieldOfAHundredMegabytesIsRead() throws {
    let size = 100_000_000
    var bytes = Array("id,t\n1,\"".utf8)
    bytes.append(contentsOf: [UInt8](repeating: UInt8(ascii: "x"), count: size))
    bytes.append(contentsOf: Array("\"\n2,y\n".utf8))
    let loaded = try load(bytes: bytes)
    #expect(loaded.table.rowCount == 2)
    #expect(loaded.table.columns[1].withText(0) { $0.count } == size)
    #expect(loaded.table.columns[1].value(1) == .text("y"))
  }

  @Test func someColumnsCanBeReadAgain() throws {
    let folder = try Folder()
    let path = try folder.write("t.csv", "a,b,c\n1,x,2.5\n2,y,3.5\n")
    let source = try DelimitedSource.open(paths: [path])
    #expect(source.columnNames == ["a", "b", "c"])
    #expect(source.descriptionOfDialect == "UTF-8; comma, quote \", LF, header")
    let first = try source.load(columns: [2])
    #expect(first.names == ["c"])
    #expect(first.values(0) == [.double(2.5), .double(3.5)])
    let second = try source.load(columns: [0, 1])
    #expect(second.names == ["a", "b"])
    #expect(second.texts(1) == ["x", "y"])
    #expect(try source.load(columns: []).table.rowCount == 2)
  }

  @Test func aLoadCanBeStopped() throws {
    let folder = try Folder()
    let path = try folder.write("t.csv", "a,b\n1,x\n")
    let source = try DelimitedSource.open(paths: [path])
    #expect(throws: LoadError.cancelled) { try source.load(control: LoadControl(isCancelled: { true })) }
    #expect(throws: LoadError.cancelled) {
      try DelimitedSource.open(paths: [path], control: LoadControl(isCancelled: { true }))
    }
  }
}
