import Formats
import Glibc
import Language

/// Reads the bytes of script files and of standard input.
public enum ScriptFile {
  /// Scripts are written by people; a larger file is something else.
  private static let limit = 64 << 20

  /// All bytes of a file. Throws a `Diagnostic` that names it.
  public static func read(_ path: String) throws -> [UInt8] {
    let expanded = path.hasPrefix("~/") ? (getenv("HOME").map { String(cString: $0) } ?? "~") + path.dropFirst() : path
    let descriptor = open(expanded, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Diagnostic("\(path): \(reason(errno))", at: nil) }
    defer { close(descriptor) }
    return try read(descriptor, name: path)
  }

  /// All bytes of an open descriptor, such as standard input.
  public static func read(_ descriptor: Int32, name: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
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
    default: String(cString: strerror(code))
    }
  }
}
