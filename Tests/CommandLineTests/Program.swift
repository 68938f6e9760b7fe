import Glibc
import Testing

/// Whether the program is built with a sanitizer (`scripts/sanitizers`).
#if SANITIZED
  let isSanitized = true
#else
  let isSanitized = false
#endif

/// The built program, run by a shell in a folder of its own.
///
/// In commands `$NB` is the program; the folder is the working folder, and HOME is a folder in it.
final class Program {
  /// How a command ended and what it said.
  struct Ended {
    let status: Int32
    let output: String
    let errors: String
  }

  let folder: String

  init() throws {
    var template = Array("/tmp/noticebook-cli-XXXXXX".utf8CString)
    folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    mkdir(folder + "/work", 0o700)
    mkdir(folder + "/home", 0o700)
  }

  deinit {
    var status: Int32 = 0
    var process = pid_t()
    var arguments = ["rm", "-rf", folder].map { (word: String) in strdup(word) } + [nil]
    if posix_spawn(&process, "/bin/rm", nil, nil, &arguments, environ) == 0 { waitpid(process, &status, 0) }
    for argument in arguments { free(argument) }
  }

  /// The program lies beside the bundle of the tests.
  static let path: String = {
    var bytes = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &bytes, bytes.count - 1)
    let own = String(decoding: bytes[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let beside = own.split(separator: "/").dropLast().joined(separator: "/")
    // `swift test` runs a bundle there; with other build systems the tool itself runs, from elsewhere.
    let found = "/\(beside)/noticebook"
    if access(found, X_OK) == 0 { return found }
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    return bundle.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/noticebook"
  }()

  // MARK: Files

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = try #require(fopen("\(folder)/work/\(name)", "w"))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  /// The text of a file; nil where there is none.
  func read(_ name: String) -> String? { Program.text(of: "\(folder)/work/\(name)") }

  private static func text(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: Running

  /// Runs a command of bash; nothing stands on its standard input unless the command says so. Ends it after a minute.
  @discardableResult
  func shell(_ command: String) throws -> Ended {
    let files = ["out", "err"].map { "\(folder)/\($0)" }
    let script = """
      cd work
      export NB='\(Program.path)' HOME='\(folder)/home' LC_ALL=C.UTF-8
      unset XDG_STATE_HOME XDG_CONFIG_HOME NO_COLOR
      \(command)
      """
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, files[0], O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, files[1], O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let status = try spawn(["env", "-C", folder, "timeout", "-k", "5", "60", "bash", "-c", script], &actions)
    return Ended(status: status, output: Program.text(of: files[0]) ?? "", errors: Program.text(of: files[1]) ?? "")
  }

  /// Runs the program on one text of statements.
  @discardableResult
  func run(_ statements: String, _ options: String = "") throws -> Ended {
    try write("run.nbk", statements)
    return try shell("\"$NB\" \(options) run.nbk")
  }

  /// Runs the program with a terminal as its output and errors, and gives what the terminal got.
  func onTerminal(_ statements: String, _ options: String = "") throws -> String {
    // What posix_openpt, unlockpt and ptsname do, which Swift does not see: see pty(7) and ioctl_tty(2).
    let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var lock: Int32 = 0
    var number: UInt32 = 0
    try #require(
      terminal >= 0 && ioctl(terminal, 0x4004_5431, &lock) == 0 && ioctl(terminal, 0x8004_5430, &number) == 0)
    defer { close(terminal) }
    let name = "/dev/pts/\(number)"
    var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
    try write("run.nbk", statements)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, name, O_WRONLY | O_NOCTTY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let command = "unset NO_COLOR; TERM=xterm \(Program.path) \(options) run.nbk"
    _ = try spawn(["env", "-C", folder + "/work", "timeout", "60", "bash", "-c", command], &actions)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while case let count = Glibc.read(terminal, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
  }

  private func spawn(_ words: [String], _ actions: inout posix_spawn_file_actions_t) throws -> Int32 {
    var arguments = words.map { (word: String) in strdup(word) } + [nil]
    defer { for argument in arguments { free(argument) } }
    // Threads that run tests have signals blocked, and the program would inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var process = pid_t()
    try #require(posix_spawnp(&process, words[0], &actions, &attributes, &arguments, environ) == 0)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }
}
