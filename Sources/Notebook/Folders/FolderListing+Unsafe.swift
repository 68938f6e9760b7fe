import Glibc

/// What lies in a folder, for `ls` and the completion of paths.
enum FolderListing {
  /// One file or folder.
  struct Entry {
    let name: String
    let isFolder: Bool
    /// The size in bytes.
    let byteCount: Int
    /// When it was last written, in seconds since 1970.
    let modified: Int
  }

  /// What lies in a folder in the order of names, hidden entries included; nil where it cannot be read.
  static func entries(of folder: String) -> [Entry]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var result: [Entry] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      var status = stat()
      // A link to nothing is still listed.
      if stat("\(folder)/\(name)", &status) != 0 { _ = lstat("\(folder)/\(name)", &status) }
      result.append(
        Entry(
          name: name, isFolder: status.st_mode & S_IFMT == S_IFDIR, byteCount: Int(status.st_size),
          modified: Int(status.st_mtim.tv_sec)))
    }
    return result.sorted { $0.name < $1.name }
  }

  /// The files and folders whose paths begin as `written` does, hidden ones only when asked for by a dot.
  ///
  /// - Parameter located: where a path leads.
  static func entries(
    beginning written: String, located: (String) -> String
  ) -> [(path: String, entry: Entry)] {
    let slash = written.lastIndex(of: "/")
    let folder = slash.map { String(written[...$0]) } ?? ""
    let beginning = slash.map { String(written[written.index(after: $0)...]) } ?? written
    return (entries(of: located(folder.isEmpty ? "." : folder)) ?? []).filter { entry in
      entry.name.hasPrefix(beginning) && (beginning.hasPrefix(".") || !entry.name.hasPrefix("."))
    }.map { ("\(folder)\($0.name)\($0.isFolder ? "/" : "")", $0) }
  }

  /// The path without links, `.` and `..`; nil where nothing is there.
  static func canonical(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The value of an environment variable; nil where it is not set or empty.
  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The home folder, as `HOME` has it.
  static var home: String? {
    getenv("HOME").map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
  }
}
