import Glibc
import SQLLogicTest

/// Runs several files at a time, each in a process of its own: they share nothing, and one that ends badly ends alone.
struct FileProcesses {
  private let options: TestOptions

  init(_ options: TestOptions) { self.options = options }

  /// A file that is being run, and where its process writes.
  private struct Running {
    let index: Int
    let process: pid_t
    let output: Int32
  }

  /// Runs all files and prints what each has to say when it is done; the worst exit status.
  func run() -> Int32 {
    var waiting = Array(options.files.enumerated())[...]
    var running: [Running] = []
    var worst: Int32 = 0
    while true {
      while running.count < options.jobs, let (index, file) = waiting.popFirst() {
        if let started = start(file, index) {
          running.append(started)
        } else {
          Lines.error("noticebook-sqllogictest: \(file): no process could be started")
          worst = max(worst, 2)
        }
      }
      if running.isEmpty { return worst }
      var status: Int32 = 0
      let ended = waitpid(-1, &status, 0)
      guard let place = running.firstIndex(where: { $0.process == ended }) else {
        if ended < 0, errno != EINTR { return max(worst, 2) }
        continue
      }
      let file = running.remove(at: place)
      show(file)
      let signal = status & 0x7F
      if signal != 0 { Lines.output("\(options.files[file.index]): crashed (\(String(cString: strsignal(signal))))") }
      worst = max(worst, signal == 0 ? status >> 8 & 0xFF : 1)
    }
  }

  /// Starts a process that writes into a file without a name.
  private func start(_ file: String, _ index: Int) -> Running? {
    var template = Array("/tmp/noticebook-sqllogictest-XXXXXX".utf8CString)
    let output = mkstemp(&template)
    guard output >= 0 else { return nil }
    _ = fcntl(output, F_SETFD, FD_CLOEXEC)
    unlink(template)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, output, 2)
    let words = [CommandLine.arguments.first ?? "noticebook-sqllogictest"] + options.words(for: file)
    var arguments = words.map { (word: String) in strdup(word) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    guard posix_spawn(&process, "/proc/self/exe", &actions, nil, &arguments, environ) == 0 else {
      close(output)
      return nil
    }
    return Running(index: index, process: process, output: output)
  }

  private func show(_ file: Running) {
    defer { close(file.output) }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var offset = 0
    while case let count = pread(file.output, &chunk, chunk.count, off_t(offset)), count > 0 {
      offset += count
      Lines.output(bytes: chunk[..<count])
    }
  }
}
