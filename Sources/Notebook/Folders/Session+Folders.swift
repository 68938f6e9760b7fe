import ColumnStore
import Formats
import Language

/// Paths and the folder that they begin at.
extension Session {
  /// Where a path leads: from the folder that `cd` went to, `~` being the home folder. As it is written where nobody went
  /// anywhere.
  public func location(of path: String) -> String {
    if path == "~" || path.hasPrefix("~/"), let home = FolderListing.home { return home + path.dropFirst() }
    // Of others' homes the loader knows the places.
    guard let folder, !path.hasPrefix("/"), !path.hasPrefix("~") else { return path }
    return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
  }

  /// The folder that paths begin at.
  public var workingFolder: String { folder ?? FolderListing.canonical(".") ?? "." }

  /// `cd [folder]`: from here on paths begin there. Without a folder the home folder, with `-` the one before.
  func changeFolder(_ path: PathText?, _ span: SourceSpan) throws {
    let goal: String
    if path?.literal == "-" {
      guard let previousFolder else { throw Diagnostic("there is no folder to go back to yet", at: path?.span) }
      goal = previousFolder
    } else if let path {
      goal = try resolved(path)
    } else {
      guard let home = FolderListing.home else {
        throw Diagnostic("which folder is the home folder is not known", at: span, help: "say it: cd /home/name")
      }
      goal = home
    }
    let found = try self.folder(at: goal, path?.span ?? span)
    (previousFolder, folder) = (workingFolder, found)
    if host.isInteractive { note(found) }
  }

  /// `ls [folder]`: folders first, then files, and what of them `load` and `run` take. Hidden ones are left out.
  func folderTable(_ path: PathText?, _ span: SourceSpan) throws -> Table {
    let opened = try self.folder(at: try path.map { try resolved($0) } ?? workingFolder, path?.span ?? span)
    guard let entries = FolderListing.entries(of: opened) else {
      throw Diagnostic("\(opened) cannot be read", at: path?.span ?? span)
    }
    let visible = entries.filter { !$0.name.hasPrefix(".") }
    let rows = (visible.filter(\.isFolder) + visible.filter { !$0.isFolder }).map { entry -> [Value] in
      [
        .text(entry.name + (entry.isFolder ? "/" : "")), .text(Session.kind(of: entry)),
        entry.isFolder ? .null : .integer(Int64(entry.byteCount)),
        .timestamp(Int64(entry.modified).multipliedReportingOverflow(by: 1_000_000).partialValue),
      ]
    }
    return Session.table(
      [("name", .text), ("kind", .text), ("bytes", .integer), ("written", .timestamp)], rows)
  }

  /// What the notebook does with a file.
  static func kind(of entry: FolderListing.Entry) -> String {
    if entry.isFolder { return "folder" }
    let ending = entry.name.split(separator: ".").last?.lowercased() ?? ""
    if ending == "nbk" { return "script" }
    if Snapshot.isNamed(entry.name) { return "snapshot" }
    return FileFormat(path: entry.name) != nil || FileFormat.jsonExtensions.contains(ending) ? "data" : "file"
  }

  /// The folder at a path.
  private func folder(at path: String, _ span: SourceSpan) throws -> String {
    guard let found = FolderListing.canonical(path) else {
      let near = nearestFiles(to: path)
      throw Diagnostic(
        "\(path) is not there", at: span,
        help: near.isEmpty ? nil : "did you mean \(near.map { "`\($0)`" }.joined(separator: " or "))?")
    }
    guard FolderListing.entries(of: found) != nil else {
      throw Diagnostic("\(path) is no folder that can be read", at: span)
    }
    return found
  }
}
