import Foundation

/// A Swift file of the project.
struct SourceFile: CustomStringConvertible {
  /// The path below the project's folder: `Sources/Formats/Export/TableFormat.swift`.
  let path: String
  let lines: [Substring]

  /// The target that it belongs to: the folder below `Sources` or `Tests`.
  var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
  var name: String { path.split(separator: "/").last.map(String.init) ?? "" }
  var description: String { path }

  /// The modules that it imports.
  var imports: [String] {
    let words = /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+/
    let kinds = /^(?:struct|class|enum|protocol|func|let|var|typealias)\s+/
    return lines.compactMap { line in
      let code = codeWithoutComment(line)
      guard let start = code.firstMatch(of: words) else { return nil }
      var rest = code[start.range.upperBound...]
      if let kind = rest.firstMatch(of: kinds) { rest = rest[kind.range.upperBound...] }
      return String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    }
  }
}

/// The project's folder, found from where this file was compiled.
let projectFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// All Swift files below a folder of the project, in the order of their paths.
func swiftFiles(below folder: String) throws -> [SourceFile] {
  let root = projectFolder.appendingPathComponent(folder)
  let names = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".swift") }
  return try names.sorted().map { name in
    let text = try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
    return SourceFile(path: "\(folder)/\(name)", lines: text.split(separator: "\n", omittingEmptySubsequences: false))
  }
}
