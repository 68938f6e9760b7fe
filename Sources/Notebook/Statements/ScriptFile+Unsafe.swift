import Formats
import Glibc
import Language

/// Reads the bytes of script files and of standard input.
enum ScriptFile {
  /// Scripts are written by people; a larger file is something else.
  private static let limit = 64 << 20

  /// All bytes of a file; nil when somebody pressed Ctrl-C. Throws a `Diagnostic` that names it.
  static func read(_ path: String, isInterrupted: () -> Bool) throws -> [UInt8]? {
    // A named pipe is not waited for here, where Ctrl-C could not end the waiting.
    let descriptor = open(expanded(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Diagnostic("\(path): \(reason(errno))", at: nil) }
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFL, 0)
    return try read(descriptor, name: path, isInterrupted: isInterrupted)
  }

  /// All bytes of an open descriptor, such as standard input; nil when somebody pressed Ctrl-C.
  static func read(_ descriptor: Int32, name: String, isInterrupted: () -> Bool) throws -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      // The signal may go to another thread and interrupt nothing here, so nobody waits for long.
      var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      while poll(&state, 1, 100) <= 0 { if isInterrupted() { return nil } }
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw Diagnostic("\(name): \(reason(errno))", at: nil)
      }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= limit else {
        throw Diagnostic("\(name) is larger than 64 MB, which no script is", at: nil, help: "data is read with `load`")
      }
    }
  }

  /// The file of a person's own source adapter.
  static func adapterPath(_ name: String) -> String { "\(configurationFolder)/adapters/\(name).json" }

  /// The statements that are run before the first prompt.
  static var startupPath: String { "\(configurationFolder)/startup.nbk" }

  /// Below `XDG_CONFIG_HOME`, or `~/.config` where that is not set.
  private static var configurationFolder: String {
    let folder = getenv("XDG_CONFIG_HOME").map { String(cString: $0) } ?? ""
    return "\(folder.hasPrefix("/") ? folder : "~/.config")/noticebook"
  }

  /// Whether there is a file that can be read.
  static func exists(_ path: String) -> Bool { access(expanded(path), R_OK) == 0 }

  /// The path without `~`.
  private static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }

  /// The path that the file has whatever it was called by; the path as it was given where it cannot be found.
  static func canonical(_ path: String) -> String { FolderListing.canonical(expanded(path)) ?? path }

  /// Whether a path is a folder with a `datapackage.json`, or that file itself.
  static func isDataPackage(_ path: String) -> Bool {
    if path.hasSuffix("datapackage.json") { return true }
    return access(path.hasSuffix("/") ? "\(path)datapackage.json" : "\(path)/datapackage.json", R_OK) == 0
  }

  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "no such file"
    case EISDIR: "this is a folder"
    case EACCES: "not allowed to read it"
    case EBADF: "it is closed"
    default: String(cString: strerror(code))
    }
  }
}
