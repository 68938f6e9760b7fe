import Formats
import Glibc
import Language
import Synchronization
import Testing

@testable import Notebook

/// A session in a world of its own: a folder for its files, a file for its results, and a list of its messages.
///
/// In statements `$d` is the folder; in what comes back the folder's path reads `D`.
final class TestNotebook {
  let folder: String
  let session: Session
  private let descriptor: Int32
  private var offset = 0
  private let collected = Collected()
  let interruption = Interruption()

  /// Set to have everything stopped.
  final class Interruption: Sendable {
    private let flag = Atomic<Bool>(false)
    /// How often somebody has looked.
    private let count = Atomic<Int>(0)
    /// Stops once somebody has looked so often; 0 for never.
    private let limit = Atomic<Int>(0)

    func request() { flag.store(true, ordering: .relaxed) }
    func clear() {
      flag.store(false, ordering: .relaxed)
      limit.store(0, ordering: .relaxed)
    }
    func request(afterLooks looks: Int) {
      count.store(0, ordering: .relaxed)
      limit.store(looks, ordering: .relaxed)
    }
    var isRequested: Bool {
      let looks = count.wrappingAdd(1, ordering: .relaxed).newValue
      let limit = limit.load(ordering: .relaxed)
      return flag.load(ordering: .relaxed) || (limit > 0 && looks > limit)
    }
  }

  private final class Collected {
    var messages: [(text: String, kind: NotebookHost.MessageKind)] = []
    var pages: [String] = []
  }

  init(_ change: (inout NotebookHost) -> Void = { _ in }) throws {
    // As the program does: a command that reads nothing is no reason to end.
    signal(SIGPIPE, SIG_IGN)
    var template = Array("/tmp/noticebook-session-XXXXXX".utf8CString)
    folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    descriptor = open(folder + "/.results", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    try #require(descriptor >= 0)
    var host = NotebookHost()
    let collected = collected
    let interruption = interruption
    host.message = { collected.messages.append(($0, $1)) }
    host.isInterrupted = { interruption.isRequested }
    change(&host)
    session = Session(host: host, results: FileSink(descriptor: descriptor, name: "results"))
    session.setParameter("d", to: folder)
  }

  deinit {
    close(descriptor)
    for path in TestNotebook.tree(folder).reversed() { remove(path) }
  }

  private static func tree(_ path: String) -> [String] {
    // What a link leads to is not the test's own.
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return [path] }
    guard let stream = opendir(path) else { return [path] }
    defer { closedir(stream) }
    var result = [path]
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { result += tree("\(path)/\(name)") }
    }
    return result
  }

  // MARK: Files

  /// Writes a file in the folder.
  func write(_ name: String, _ text: String) throws {
    let parts = name.split(separator: "/").dropLast()
    for count in parts.indices { mkdir(folder + "/" + parts[...count].joined(separator: "/"), 0o700) }
    let file = try #require(fopen(folder + "/" + name, "w"))
    fputs(text, file)
    fclose(file)
  }

  /// The text of a file in the folder; nil where there is none.
  func read(_ name: String) -> String? {
    guard let file = fopen(folder + "/" + name, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The names in the folder that do not begin with a dot.
  var names: [String] {
    TestNotebook.tree(folder).map { String($0.dropFirst(folder.count + 1)) }
      .filter { !$0.isEmpty && !$0.hasPrefix(".") }.sorted()
  }

  // MARK: Running

  /// How the last text ended.
  private(set) var outcome = RunOutcome.succeeded

  /// Runs statements and gives what they printed as results.
  @discardableResult
  func run(_ text: String, keepsGoing: Bool = false) throws -> String {
    outcome = try session.run(SourceText(name: "test", text: text), keepsGoing: keepsGoing)
    return results()
  }

  /// What was printed since the last look.
  func results() -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = pread(descriptor, &chunk, chunk.count, offset), count > 0 {
      bytes += chunk[..<count]
      offset += count
    }
    return shown(String(decoding: bytes, as: UTF8.self))
  }

  private func shown(_ text: String) -> String { text.replacing(folder, with: "D") }

  private func messages(_ kind: NotebookHost.MessageKind) -> [String] {
    collected.messages.filter { $0.kind == kind }.map { shown($0.text) }
  }

  /// The notes so far.
  var notes: [String] { messages(.note) }
  /// The warnings so far.
  var warnings: [String] { messages(.warning) }
  /// The errors so far.
  var errors: [String] { messages(.error) }
  /// The first line of the last error; empty when nothing failed.
  var lastError: String { errors.last?.split(separator: "\n").first.map(String.init) ?? "" }

  /// Forgets all messages.
  func forgetMessages() { collected.messages = [] }

  /// The file that most tests load: six actions in two countries.
  static let actions = """
    country,action,n
    IN,withheld,3
    IN,suspended,2
    TR,withheld,
    IN,withheld,10
    TR,none,1
    ,withheld,4

    """

  /// A notebook with `actions` loaded and its messages forgotten.
  static func withActions(_ change: (inout NotebookHost) -> Void = { _ in }) throws -> TestNotebook {
    let notebook = try TestNotebook(change)
    try notebook.write("actions.csv", actions)
    try notebook.run("load $d/actions.csv")
    notebook.forgetMessages()
    return notebook
  }
}
