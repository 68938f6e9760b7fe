import Testing

@testable import Notebook

@Suite("Charts as pictures on a terminal") struct TerminalPictureTests {
  private func notebook(_ pictures: NotebookHost.Pictures?) throws -> TestNotebook {
    try TestNotebook.withActions {
      $0.outputIsTerminal = true
      $0.pictures = { pictures }
    }
  }

  @Test func kittyTakesThemInPieces() throws {
    // 6,000 bytes are 8,000 characters: two pieces, of which the first says that another comes.
    let bytes = try #require(TerminalPicture.bytes(of: [UInt8](repeating: 0, count: 6000), for: .kitty))
    let pieces = String(decoding: bytes, as: UTF8.self).split(separator: "\u{1B}\\")
    #expect(pieces.count == 3)
    #expect(pieces[0] == "\u{1B}_Ga=T,f=100,q=2,m=1;" + String(repeating: "A", count: 4096))
    #expect(pieces[1] == "\u{1B}_Gm=0;" + String(repeating: "A", count: 3904))
    #expect(pieces[2] == "\n")
  }

  @Test func aChartIsAPictureWhereTheTerminalShowsThem() throws {
    // A PNG file begins with these bytes in base 64.
    let start = "\u{1B}_Ga=T,f=100,q=2,m=1;iVBORw0KGgo"
    let kitty = try notebook(.kitty)
    #expect(try kitty.run("from actions |> share action |> plot bar").hasPrefix(start))
    #expect(kitty.errors == [])
    // Not where somebody says how many characters it takes, has another format, or wants none.
    #expect(try kitty.run("from actions |> share action |> plot bar width 60").contains("withheld"))
    #expect(try kitty.run("set pictures off\nfrom actions |> share action |> plot bar").contains("withheld"))
    #expect(try notebook(nil).run("from actions |> share action |> plot bar").contains("withheld"))
  }
}
