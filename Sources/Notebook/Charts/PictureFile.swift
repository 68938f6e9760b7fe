import Formats
import Language

/// A file that a chart is saved in.
struct PictureFile {
  /// What stands in it.
  enum Kind: String, CaseIterable {
    /// A drawing that stays sharp at any size.
    case svg
    /// Pixels.
    case png
    /// Characters.
    case txt
  }

  /// The endings of names, for people.
  static let endings = Kind.allCases.map { ".\($0.rawValue)" }.joined(separator: " ")

  let path: String
  let kind: Kind

  /// A file whose name says what stands in it; nil where it does not.
  init?(path: String) {
    let ending = path.split(separator: ".", omittingEmptySubsequences: false).last.map { $0.lowercased() } ?? ""
    guard path.contains("."), let kind = Kind(rawValue: ending) else { return nil }
    self.path = path
    self.kind = kind
  }
}
