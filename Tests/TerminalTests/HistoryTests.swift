import Glibc
import Testing

@testable import Terminal

@Suite("What a history remembers")
struct HistoryPolicyTests {
  @Test("a statement is kept without the line ends behind it")
  func lineEnds() {
    #expect(HistoryPolicy.entry(for: "select 1\n\n", after: nil) == "select 1")
    #expect(HistoryPolicy.entry(for: "from t\n|> limit 1", after: nil) == "from t\n|> limit 1")
  }

  @Test("what starts with a space, is blank, or repeats the entry before it is left out")
  func leftOut() {
    #expect(HistoryPolicy.entry(for: " select 'secret'", after: nil) == nil)
    #expect(HistoryPolicy.entry(for: "\t\n", after: nil) == nil)
    #expect(HistoryPolicy.entry(for: "", after: nil) == nil)
    #expect(HistoryPolicy.entry(for: "select 1", after: "select 1") == nil)
    #expect(HistoryPolicy.entry(for: "select 1", after: "select 2") == "select 1")
  }

  @Test("a history in memory drops the oldest beyond its limit")
  func limit() {
    let history = MemoryHistory(limit: 2)
    for statement in ["a", "b", "b", "c"] { history.add(statement) }
    #expect(history.entries == ["b", "c"])
    let none = MemoryHistory(limit: 0)
    #expect(!none.add("a"))
    #expect(none.entries.isEmpty)
  }
}

@Suite("The form of the history file")
struct HistoryEncodingTests {
  @Test("line ends and backslashes are escaped, and come back")
  func roundTrip() {
    let entry = "from 'C:\\new'\n|> where a = '\\n'\r\n"
    let line = "from 'C:\\\\new'\\n|> where a = '\\\\n'\\r\\n"
    #expect(HistoryEncoding.encode(entry) == line)
    #expect(HistoryEncoding.decode(file: Array(line.utf8)) == [entry])
  }

  @Test("any bytes can be read")
  func anyBytes() {
    #expect(HistoryEncoding.decode(file: [0x61, 0xFF, 0x0A, 0x0A, 0x62, 0x00, 0x63]) == ["a\u{FFFD}", "bc"])
    #expect(HistoryEncoding.decode(file: Array("a\\x\\".utf8)) == ["a\\x\\"])
    #expect(HistoryEncoding.decode(file: []) == [])
  }
}

@Suite("Where the history file is")
struct HistoryLocationTests {
  @Test("the variable goes before the XDG state folder, and that before the home folder")
  func order() {
    #expect(
      HistoryLocation.standard(environment: ["NOTICEBOOK_HISTORY": "/x/h", "XDG_STATE_HOME": "/s", "HOME": "/h"])
        == HistoryLocation(path: "/x/h"))
    #expect(
      HistoryLocation.standard(environment: ["XDG_STATE_HOME": "/s", "HOME": "/h"])?.path == "/s/noticebook/history")
    #expect(
      HistoryLocation.standard(environment: ["XDG_STATE_HOME": "relative", "HOME": "/h"])?.path
        == "/h/.local/state/noticebook/history")
  }

  @Test("without a home, and with an empty variable, there is no file")
  func none() {
    #expect(HistoryLocation.standard(environment: [:]) == nil)
    #expect(HistoryLocation.standard(environment: ["NOTICEBOOK_HISTORY": "", "HOME": "/h"]) == nil)
  }
}

@Suite("The history file")
struct FileHistoryTests {
  private let folder = TemporaryFolder()

  private func open(
    _ path: String? = nil, limit: Int = 100, warn: @escaping (HistoryProblem) -> Void = { Issue.record($0) }
  ) -> FileHistory {
    FileHistory(at: HistoryLocation(path: path ?? folder.path + "/history"), limit: limit, warn: warn)
  }

  @Test("entries are there in the next session, those of several lines whole")
  func restart() {
    let first = open()
    first.add("select 1")
    first.add("from t\n|> where s = 'ü\\n'\n|> limit 1")
    #expect(open().entries == ["select 1", "from t\n|> where s = 'ü\\n'\n|> limit 1"])
  }

  @Test("a home that does not exist is not made")
  func noHome() throws {
    var problems: [HistoryProblem] = []
    let location = try #require(HistoryLocation.standard(environment: ["HOME": folder.path + "/home"]))
    let history = FileHistory(at: location) { problems.append($0) }
    #expect(history.add("select 1"))
    #expect(problems.map(\.code) == [ENOENT])
    #expect(folder.names() == [])
  }

  @Test("a link to the file stays a link when the file is cut")
  func link() {
    folder.write("a\nb\nc\n", to: "real")
    symlink("real", folder.path + "/history")
    #expect(open(limit: 2).entries == ["b", "c"])
    #expect(folder.read("real") == "b\nc\n")
    #expect(folder.names() == ["history", "real"])
  }

  @Test("only the user may read the file, and folders that were missing")
  func modes() throws {
    mkdir(folder.path + "/home", 0o755)
    let location = try #require(
      HistoryLocation.standard(environment: ["HOME": folder.path + "/home"]))
    let history = FileHistory(at: location) { Issue.record($0) }
    history.add("select 1")
    #expect(mode(location.path) == 0o600)
    #expect(mode(folder.path + "/home/.local/state/noticebook") == 0o700)
  }

  @Test("a file and a folder of ours that others may read are closed to them")
  func modesAreMended() throws {
    let location = try #require(HistoryLocation.standard(environment: ["XDG_STATE_HOME": folder.path]))
    mkdir(folder.path + "/noticebook", 0o755)
    chmod(folder.path + "/noticebook", 0o755)
    folder.write("select 1\n", to: "noticebook/history")
    chmod(location.path, 0o644)
    #expect(FileHistory(at: location) { Issue.record($0) }.entries == ["select 1"])
    #expect(mode(location.path) == 0o600)
    #expect(mode(folder.path + "/noticebook") == 0o700)
  }

  @Test("what is secret is kept neither here nor in the file")
  func secrets() {
    let location = HistoryLocation(path: folder.path + "/history")
    let history = FileHistory(at: location, isSecret: { $0.contains("hush") }) { Issue.record($0) }
    #expect(!history.add("connect 'hush'"))
    #expect(history.add("select 1"))
    #expect(history.entries == ["select 1"])
    #expect(folder.read("history") == "select 1\n")
  }

  @Test("a folder that others use keeps its mode")
  func foreignFolder() {
    chmod(folder.path, 0o755)
    open().add("select 1")
    #expect(mode(folder.path) == 0o755)
  }

  @Test("a longer file is cut to the limit when a session starts")
  func limit() {
    folder.write((1...9).map { "select \($0)\n" }.joined(), to: "history")
    #expect(open(limit: 3).entries == ["select 7", "select 8", "select 9"])
    #expect(folder.read("history") == "select 7\nselect 8\nselect 9\n")
    #expect(mode(folder.path + "/history") == 0o600)
    #expect(folder.names() == ["history"])
  }

  @Test("a session that started before the file was cut goes on in the new file")
  func replacedFile() {
    folder.write("a\nb\nc\n", to: "history")
    let older = open(limit: 100)
    _ = open(limit: 2)
    older.add("d")
    #expect(folder.read("history") == "b\nc\nd\n")
  }

  @Test("two sessions that write at once lose nothing and mix nothing")
  func concurrent() async {
    let path = folder.path + "/history"
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let history = FileHistory(at: HistoryLocation(path: path)) { Issue.record($0) }
          for number in 0..<50 { history.add("writer \(writer)\nnumber \(number)") }
        }
      }
    }
    let entries = open(limit: 1000).entries
    #expect(entries.count == 200)
    let expected = (0..<4).flatMap { writer in (0..<50).map { "writer \(writer)\nnumber \($0)" } }
    #expect(Set(entries) == Set(expected))
  }

  @Test("half a line that a killed session left does not swallow the next entry")
  func halfLine() {
    folder.write("select 1\nselec", to: "history")
    open().add("select 2")
    #expect(folder.read("history") == "select 1\nselec\nselect 2\n")
  }

  @Test("a file that is no text gives what it has and no failure")
  func corrupt() {
    folder.write(bytes: [0xFF, 0x00, 0xFE, 0x0A] + Array("select 1\n".utf8) + [0x80, 0x5C], to: "history")
    let history = open()
    #expect(history.entries == ["\u{FFFD}\u{FFFD}", "select 1", "\u{FFFD}\\"])
    #expect(history.add("select 2"))
  }

  @Test("a folder that cannot be made gives one warning and a history in memory")
  func noFolder() {
    folder.write("", to: "file")
    var problems: [HistoryProblem] = []
    let path = folder.path + "/file/state/history"
    let history = open(path) { problems.append($0) }
    #expect(history.add("select 1"))
    #expect(history.add("select 2"))
    #expect(history.entries == ["select 1", "select 2"])
    #expect(problems == [HistoryProblem(step: .makeFolder, path: folder.path + "/file/state", code: ENOTDIR)])
    #expect(
      problems.first?.description
        == "history is not saved: cannot make the folder \(folder.path)/file/state: Not a directory")
  }

  @Test("a file that cannot be opened gives one warning")
  func noFile() {
    mkdir(folder.path + "/history", 0o700)
    var problems: [HistoryProblem] = []
    let history = open { problems.append($0) }
    #expect(history.add("select 1"))
    #expect(problems.map(\.step) == [.openFile])
  }

  @Test("a full disk gives one warning, and the session goes on")
  func fullDisk() {
    var problems: [HistoryProblem] = []
    let history = open("/dev/full") { problems.append($0) }
    #expect(history.add("select 1"))
    #expect(history.add("select 2"))
    #expect(problems == [HistoryProblem(step: .useFile, path: "/dev/full", code: ENOSPC)])
  }

  @Test("a device can stand for no file, and keeps its mode")
  func device() {
    let before = mode("/dev/null")
    let history = open("/dev/null")
    #expect(history.add("select 1"))
    #expect(history.entries == ["select 1"])
    #expect(mode("/dev/null") == before)
  }

  @Test("what starts with a space is not written")
  func leadingSpace() {
    let history = open()
    #expect(!history.add(" select 1"))
    history.add("select 2")
    #expect(folder.read("history") == "select 2\n")
  }

  private func mode(_ path: String) -> mode_t? {
    var facts = stat()
    return stat(path, &facts) == 0 ? facts.st_mode & 0o777 : nil
  }
}

@Suite("Going back in the history") struct HistoryWalkTests {
  private let entries = ["from a", "select 1;", "from b\n  |> share x", "select 1;", "from a |> top y"]

  @Test func everyStatementComesOnceFromTheNewest() {
    var walk = HistoryWalk(from: EditedText(""), entries: entries)
    #expect(walk.older()?.text == "from a |> top y")
    #expect(walk.older()?.text == "select 1;")
    // The cursor is in the first line, so that the next step leads on.
    #expect(walk.older() == EditedText("from b\n  |> share x", cursor: 6))
    #expect(walk.older()?.text == "from a")
    #expect(walk.older() == nil)
    // On the way back it is in the last.
    #expect(walk.newer() == EditedText("from b\n  |> share x"))
    #expect(walk.newer()?.text == "select 1;")
    #expect(walk.newer()?.text == "from a |> top y")
    #expect(walk.newer()?.text == "")
    #expect(walk.newer() == nil)
  }

  @Test func whatStandsBeforeTheCursorMustBeginThem() {
    let draft = EditedText("from b", cursor: 4)
    var walk = HistoryWalk(from: draft, entries: entries)
    #expect(walk.older()?.text == "from a |> top y")
    #expect(walk.older()?.text == "from b\n  |> share x")
    #expect(walk.older()?.text == "from a")
    #expect(walk.older() == nil)
    _ = walk.newer()
    _ = walk.newer()
    #expect(walk.newer() == draft)
    var none = HistoryWalk(from: EditedText("x"), entries: entries)
    #expect(none.older() == nil && none.newer() == nil)
  }

  @Test func aSearchFindsTextAnywhere() {
    var search = HistorySearch(entries: entries)
    #expect(search.found == nil)
    search.look(for: "from")
    #expect(search.found == EditedText("from a |> top y", cursor: 0))
    #expect(search.label == "search: from  (1 of 3)")
    #expect(search.step(older: true) == true)
    #expect(search.found?.text == "from b\n  |> share x")
    search.look(for: "SHARE")
    #expect(search.found == nil)
    search.look(for: "share")
    #expect(search.found?.cursor == 12)
    #expect(search.step(older: true) == false)
    #expect(search.step(older: false) == false)
  }

  @Test func theLastWordIsWholeWhenItIsInQuotes() {
    #expect(LastArgument.word(of: "load 'my reports/*.csv'") == "'my reports/*.csv'")
    #expect(LastArgument.word(of: "select a from t ;") == "t")
    #expect(LastArgument.word(of: "select * from removals;") == "removals")
    #expect(LastArgument.word(of: "  ") == "")
  }

  @Test func theLastWordOfEarlierStatementsComesAtEachRepetition() {
    var edited = EditedText("top ")
    var last = LastArgument()
    #expect(last.insert(into: &edited, entries: entries) == true)
    #expect(edited.text == "top y")
    #expect(last.insert(into: &edited, entries: entries) == true)
    #expect(edited.text == "top 1")
    #expect(last.insert(into: &edited, entries: entries) == true)
    #expect(edited.text == "top x")
    edited.insert(", ")
    #expect(last.insert(into: &edited, entries: entries) == true)
    #expect(edited.text == "top x, y")
    var none = EditedText("")
    #expect(last.insert(into: &none, entries: []) == false)
  }
}

@Suite("Hints from the history") struct HistoryHinterTests {
  @Test func theLatestStatementThatBeginsInTheSameWayGoesOn() {
    let history = MemoryHistory()
    for statement in ["from a |> limit 1", "from b", "from a |> share x\n  |> limit 5", "let é = 1"] {
      history.add(statement)
    }
    let hinter = HistoryHinter(history)
    #expect(hinter.hint(for: "from a") == " |> share x\n  |> limit 5")
    #expect(hinter.hint(for: "from a |> l") == "imit 1")
    #expect(hinter.hint(for: "from a |> share x\n") == "  |> limit 5")
    #expect(hinter.hint(for: "from b") == nil)
    #expect(hinter.hint(for: "let é") == " = 1")
    #expect(hinter.hint(for: "") == nil)
    #expect(hinter.hint(for: " ") == nil)
    #expect(hinter.hint(for: "FROM") == nil)
  }
}
