import Glibc

/// What lies in a folder, for the completion of paths.
enum FolderListing {
  /// The files and folders whose paths begin as `written` does, sorted, hidden ones only when asked for by a dot.
  static func entries(beginning written: String) -> [(path: String, isFolder: Bool)] {
    let slash = written.lastIndex(of: "/")
    let folder = slash.map { String(written[...$0]) } ?? ""
    let beginning = slash.map { String(written[written.index(after: $0)...]) } ?? written
    var opened = folder.isEmpty ? "." : folder
    if opened.hasPrefix("~/"), let home = getenv("HOME") { opened = String(cString: home) + opened.dropFirst() }
    guard let stream = opendir(opened) else { return [] }
    defer { closedir(stream) }
    var result: [(path: String, isFolder: Bool)] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != "..", name.hasPrefix(beginning), beginning.hasPrefix(".") || !name.hasPrefix(".")
      else {
        continue
      }
      var status = stat()
      let isFolder = stat("\(opened)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      result.append(("\(folder)\(name)\(isFolder ? "/" : "")", isFolder))
    }
    return result.sorted { $0.path < $1.path }
  }
}
