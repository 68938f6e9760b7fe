import Glibc
import Testing

@testable import Notebook

@Suite("Files that change under their tables") struct ChangedFileTests {
  /// A file of some megabytes, which is mapped, with texts too many and too long to be copied.
  private func large() throws -> TestNotebook {
    let notebook = try TestNotebook()
    let rows = (0..<40_000).map { "\($0 % 7),row number \($0) has this text that is long\n" }
    try notebook.write("t.csv", "n,text\n" + rows.joined())
    try notebook.run("load $d/t.csv\nlet kept := from t |> where n = 0\nfrom t |> select text |> limit 2")
    #expect(notebook.errors == [])
    return notebook
  }

  private func cut(_ notebook: TestNotebook) { _ = truncate(notebook.folder + "/t.csv", 100) }

  @Test(arguments: [
    "from t |> aggregate max(text) as m", "from t |> limit 2", "kept", "_", "describe t", "sample t 3",
    "from t |> order by text",
    "from t |> save '$d/o.csv'", "from t |> where text like '%99%'", "from t |> assert max(text) > ''",
  ])
  func aCutFileIsAnErrorWhereItsTextsAreRead(_ statement: String) throws {
    let notebook = try large()
    cut(notebook)
    try notebook.run(statement)
    #expect(notebook.outcome == .failed)
    #expect(notebook.lastError == "test:1:1: error: D/t.csv changed while it was in use")
    #expect(notebook.errors.last?.hasSuffix("help: load it again") == true)
    #expect(notebook.read("o.csv") == nil)
  }

  @Test func whatWasCopiedCanStillBeUsed() throws {
    let notebook = try large()
    cut(notebook)
    // 40,000 rows of n = 0 ... 6: 5,714 times 0 + 1 + ... + 6, and 0 and 1 once more.
    #expect(try notebook.run("from t |> aggregate sum(n) as total") == "total\n119995\n")
    #expect(notebook.errors == [])
  }

  @Test func aRewrittenFileIsAnErrorToo() throws {
    let notebook = try large()
    let file = try #require(fopen(notebook.folder + "/t.csv", "r+"))
    fseek(file, 200_000, SEEK_SET)
    fputs("XXXXXXXX", file)
    fclose(file)
    try notebook.run("from t |> aggregate max(text) as m")
    #expect(notebook.lastError == "test:1:1: error: D/t.csv changed while it was in use")
    try notebook.run("load $d/t.csv\nfrom t |> aggregate count(*) as n")
    #expect(notebook.outcome == .succeeded)
  }

  @Test func aFileThatWasReplacedOrRemovedIsStillThereForItsTable() throws {
    let notebook = try large()
    try notebook.write("new.csv", "n,text\n1,x\n")
    rename(notebook.folder + "/new.csv", notebook.folder + "/t.csv")
    let most = "m\nrow number 9999 has this text that is long\n"
    #expect(try notebook.run("from t |> aggregate max(text) as m") == most)
    unlink(notebook.folder + "/t.csv")
    #expect(try notebook.run("from t |> aggregate max(text) as m") == most)
    #expect(notebook.errors == [])
  }

  @Test func loadingItAgainHelps() throws {
    let notebook = try large()
    cut(notebook)
    try notebook.run("from t |> limit 1")
    try notebook.write("t.csv", "n,text\n1,x\n")
    #expect(try notebook.run("load $d/t.csv\nfrom t") == "n,text\n1,x\n")
  }
}
