import Glibc

@testable import Terminal

/// A folder of a test's own that goes when the test has ended.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/noticebook-terminal-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/nonexistent"
  }

  deinit { TemporaryFolder.remove(path) }

  func write(_ text: String, to name: String) { write(bytes: Array(text.utf8), to: name) }

  func write(bytes: [UInt8], to name: String) {
    let descriptor = open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    bytes.withUnsafeBytes { _ = Descriptor.writeAll($0, to: descriptor) }
    close(descriptor)
  }

  func read(_ name: String) -> String? {
    let descriptor = open(path + "/" + name, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return Descriptor.readTail(of: descriptor, limit: 1 << 20).map { String(decoding: $0, as: UTF8.self) }
  }

  func names() -> [String] { TemporaryFolder.names(in: path) }

  private static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    for name in names(in: path) { remove(path + "/" + name) }
    rmdir(path)
  }
}
