import FixedRandom
import Glibc
import Testing

@testable import Notebook

/// Statements of the scripts and of the query tests, cut up and put together wrongly: whatever comes out, the session
/// answers or says what is wrong, and goes on. A trap would end the process of the tests.
@Suite("Statements that nobody would write") struct FuzzTests {
  /// The statements of the repository's own texts; nothing that writes files or starts commands.
  private static let corpus: [[UInt8]] = {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    var texts: [[UInt8]] = []
    for folder in ["scripts", "Tests/Queries"] {
      for name in names(in: "/\(root)/\(folder)") where name.hasSuffix(".nbk") || name.hasSuffix(".test") {
        guard let bytes = try? ScriptFile.read("/\(root)/\(folder)/\(name)", isInterrupted: { false }) else { continue }
        texts += bytes.split(separator: UInt8(ascii: "\n")).map { Array($0) }
      }
    }
    return texts.filter { $0.count > 3 && isHarmless($0) }
  }()

  private static func names(in path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { tuple in
          tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.sorted()
  }

  private static func isHarmless(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    return !["shell", "save", "output", "run", "load", "threads", "/dev", "/proc", "quit", "exit", "repeat", "pad("]
      .contains {
        text.contains($0)
      }
  }

  private static let words: [[UInt8]] = [
    "|>", "(", ")", "''", "\"", "/*", "null", "9223372036854775807", "-9223372036854775808", "1e308", "nan", "0", "*",
    "from t", "group by all", "order by 99", "limit -1", "limit 9223372036854775807", "$x", "::date",
    "interval '1' year",
    "over ()", "case", "by", "\0", "\u{301}", "date '9999-12-31'", "timeline by day", "share n", "top 0 n", "_", "!",
    "distinct", "union all", "let t = from t", "\\", "0x", "1.", ".5e", "cast(", "%", "//", "offset", "u.", "[", "{",
  ].map { Array($0.utf8) }

  private func mutated(_ generator: inout FixedGenerator) -> [UInt8] {
    var bytes = FuzzTests.corpus.randomElement(using: &generator) ?? []
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = Int.random(in: 0...bytes.count, using: &generator)
      let end = min(bytes.count, place + Int.random(in: 0...12, using: &generator))
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: FuzzTests.words.randomElement(using: &generator) ?? [], at: place)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: end)
      case 3:
        let other = FuzzTests.corpus.randomElement(using: &generator) ?? []
        bytes = Array(bytes[..<place]) + other.suffix(Int.random(in: 0...other.count, using: &generator))
      case 4 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      default: bytes.replaceSubrange(place..<end, with: FuzzTests.words.randomElement(using: &generator) ?? [])
      }
    }
    return bytes
  }

  /// More with NOTICEBOOK_FUZZ=100000, from another place with NOTICEBOOK_FUZZ_SEED=2.
  @Test func theSessionAnswersOrSaysWhatIsWrong() throws {
    try #require(FuzzTests.corpus.count > 20)
    let notebook = try TestNotebook.withActions()
    try notebook.write(
      "t.csv",
      "id,n,d,x,word,ok\n1,5,2021-01-31,0.5,a,true\n2,,2020-02-29,-1e300,Ä,false\n3,9223372036854775807,,,\"\",\n")
    let count = getenv("NOTICEBOOK_FUZZ").flatMap { Int(String(cString: $0)) } ?? 1500
    let seed = getenv("NOTICEBOOK_FUZZ_SEED").flatMap { UInt64(String(cString: $0)) } ?? 1
    var generator = FixedGenerator(seed: seed)
    var done = 0
    while done < count {
      let statement = mutated(&generator)
      guard FuzzTests.isHarmless(statement) else { continue }
      done += 1
      if done % 50 == 1 {
        try notebook.run("load $d/t.csv\nload $d/actions.csv\nuse t\nlet v = from actions |> where n > 2")
        notebook.forgetMessages()
      }
      // Products of products may take longer than anybody wants to wait.
      notebook.interruption.request(afterLooks: 2000)
      if getenv("NOTICEBOOK_FUZZ_TRACE") != nil { try notebook.write("/../noticebook-fuzz-last", statement) }
      _ = try notebook.session.run(.init(name: "fuzz", utf8: statement))
      notebook.interruption.clear()
      _ = notebook.results()
      let cursor = Int.random(in: 0...statement.count, using: &generator)
      _ = SessionCompleter(notebook.session).candidates(
        in: String(decoding: statement, as: UTF8.self), at: cursor)
      notebook.session.wantsToQuit = false
    }
    #expect(try notebook.run("load $d/t.csv\nformat csv\nfrom t |> aggregate count(*) as n") == "n\n3\n")
  }
}

extension TestNotebook {
  /// Writes bytes to a file in the folder.
  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = try #require(fopen(folder + "/" + name, "w"))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
}
