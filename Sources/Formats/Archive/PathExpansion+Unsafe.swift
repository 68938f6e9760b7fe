import Glibc

/// The files that paths mean, in order and each once: a pattern (`*`, `?`, `[...]`) all files that match it, a folder all
/// files in it that can be loaded, `~` the home folder; sorted by name within a pattern or folder.
///
/// - Throws: `LoadError.notFound` with the nearest names of the folder, `.nothingToLoad`.
public func expandPaths(_ paths: [String], options: LoadOptions = LoadOptions()) throws -> [String] {
  var result: [String] = []
  var seen: Set<String> = []
  for path in paths {
    for file in try expand(path, options: options) where seen.insert(file).inserted { result.append(file) }
  }
  return result
}

private func expand(_ path: String, options: LoadOptions) throws -> [String] {
  // A file that is there by exactly this name is meant, even where the name looks like a pattern.
  if let identity = FileIdentity(path: path) { return try files(at: path, identity, options: options) }
  let matches = globbed(path)
  if matches.isEmpty { throw LoadError.notFound(path: path, nearest: nearestFiles(to: path)) }
  if matches.count == 1, let identity = FileIdentity(path: matches[0]) {
    return try files(at: matches[0], identity, options: options)
  }
  let found = matches.filter { match in
    guard let identity = FileIdentity(path: match) else { return false }
    return !identity.isDirectory && isWanted(match, by: options.files)
  }
  if found.isEmpty { throw LoadError.nothingToLoad(path: path) }
  return found
}

private func files(at path: String, _ identity: FileIdentity, options: LoadOptions) throws -> [String] {
  guard identity.isDirectory else { return [path] }
  let prefix = path.hasSuffix("/") ? path : path + "/"
  let names = try folderEntries(path).filter { name in
    guard FileFormat(path: name) != nil, isWanted(name, by: options.files) else { return false }
    return FileIdentity(path: prefix + name).map { !$0.isDirectory } ?? false
  }
  if names.isEmpty { throw LoadError.nothingToLoad(path: path) }
  return names.map { prefix + $0 }
}

/// Whether a file's name matches one of the patterns, or there are none.
func isWanted(_ path: String, by patterns: [String]) -> Bool {
  if patterns.isEmpty { return true }
  let name = path.split(separator: "/").last.map(String.init) ?? path
  return patterns.contains { fnmatch($0, name, 0) == 0 || fnmatch($0, path, 0) == 0 }
}

private func globbed(_ pattern: String) -> [String] {
  var found = glob_t()
  defer { globfree(&found) }
  guard glob(pattern, GLOB_TILDE, nil, &found) == 0 else { return [] }
  return (0..<Int(found.gl_pathc)).compactMap { index in found.gl_pathv[index].map { String(cString: $0) } }
}

/// The names in a folder, sorted; hidden ones are left out.
func folderEntries(_ path: String) throws -> [String] {
  guard let folder = opendir(path) else { throw LoadError.system(path: path) }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
      String(cString: UnsafeRawPointer(field).assumingMemoryBound(to: CChar.self))
    }
    if !name.hasPrefix(".") { names.append(name) }
  }
  return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
}

/// The files beside a path that are called nearly like it.
public func nearestFiles(to path: String) -> [String] {
  let parts = path.split(separator: "/", omittingEmptySubsequences: false)
  guard let last = parts.last, !last.isEmpty else { return [] }
  let prefix = String(path.dropLast(last.count))
  guard let names = try? folderEntries(prefix.isEmpty ? "." : prefix) else { return [] }
  return nearestNames(to: String(last), among: names).map { prefix + $0 }
}
