import Testing

@testable import Notebook

@Suite("What is printed of shares adds up") struct ShareTests {
  /// The percentages of a box, in tenths, by the text of the first column; 0 rows where none.
  private func tenths(_ box: String, column: Int) -> [Int] {
    box.split(separator: "\n").filter { $0.hasPrefix("│") }.dropFirst(2).compactMap { line in
      let cells = line.split(separator: "│").map { $0.filter { $0 != " " } }
      guard cells.indices.contains(column), cells[column].hasSuffix("%") else { return nil }
      return Int(cells[column].dropLast().replacing(".", with: ""))
    }
  }

  @Test func threeThirdsAreAHundred() throws {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", "a\nx\ny\nz\n")
    let box = try notebook.run("format box\nload $d/t.csv\nfrom t |> share a")
    #expect(tenths(box, column: 2) == [334, 333, 333])
  }

  /// 1/7 is 14.2857 %: six of the seven get the tenths that cutting lost. The group of three as above.
  @Test func everyGroupAddsUpOnItsOwn() throws {
    let notebook = try TestNotebook()
    let rows = (0..<7).map { "s,v\($0)\n" } + (0..<3).map { "t,w\($0)\n" }
    try notebook.write("t.csv", "g,a\n" + rows.joined())
    let box = try notebook.run("format box\nload $d/t.csv\nfrom t |> share a by g")
    let shares = tenths(box, column: 3)
    #expect(shares.count == 10)
    #expect(shares.reduce(0, +) == 2000)
    #expect(shares.filter { $0 == 143 }.count == 6)
    #expect(shares.filter { $0 == 142 }.count == 1)
    #expect(shares.filter { $0 == 334 }.count == 1)
  }

  @Test func filesGetAllDigits() throws {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", "a\nx\ny\nz\n")
    try notebook.run("format box\nload $d/t.csv\nfrom t |> share a |> save '$d/o.csv'")
    let text = try #require(notebook.read("o.csv"))
    // Wilson's interval of 1 in 3, worked out with 40 digits in Python.
    let cells = text.split(separator: "\n")[1].split(separator: ",")
    #expect(cells[..<3] == ["x", "1", "0.3333333333333333"])
    #expect(cells[3].hasPrefix("0.06149194472039"))
    #expect(cells[4].hasPrefix("0.792340399197952"))
  }

  /// 501 / 702 is 71.37 %, 201 / 702 is 28.63 %.
  @Test func boundsOfSharesAreRoundedOutwards() throws {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", "s,w,t\n501+,0-201,702\n")
    let box = try notebook.run("format box\nload $d/t.csv (types (s count, w count))\nfrom t |> share s, w of t")
    #expect(tenths(box, column: 4) == [713, 0])
    #expect(tenths(box, column: 5) == [1000, 287])
  }

  @Test func aPartOfTheRowsIsRoundedByItself() throws {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", "a\nx\ny\nz\n")
    let box = try notebook.run("format box\nload $d/t.csv\nfrom t |> share a |> limit 2")
    #expect(tenths(box, column: 2) == [333, 333])
  }
}
