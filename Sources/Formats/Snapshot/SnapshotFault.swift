/// Why a file cannot be read as a snapshot.
public enum SnapshotFault: Error, Equatable, Sendable {
  /// It does not begin as a snapshot does.
  case notOne
  /// It is of another version of the format.
  case otherVersion(Int)
  /// It was written on a machine that keeps the bytes of a number in the other order.
  case otherByteOrder
  /// Its end is missing.
  case cut
  /// A part of it is not what was written; nil where even the list of its parts is damaged.
  case damaged(part: String?)

  /// What is wrong, to follow the file's path.
  var message: String {
    switch self {
    case .notOne: "this is no snapshot"
    case .otherVersion(let version):
      "a snapshot of format \(version), and format \(SnapshotDirectory.version) is read here"
    case .otherByteOrder: "a snapshot from a machine that keeps numbers in the other byte order"
    case .cut: "a snapshot whose end is missing"
    case .damaged(nil): "a damaged snapshot: its directory is not what was written"
    case .damaged(let part?): "a damaged snapshot: \(part) is not what was written"
    }
  }

  /// What to do about it.
  var help: String {
    switch self {
    case .notOne:
      "`save snapshot 'FILE.nbs'` writes one; a file of values is loaded under a name that ends in .csv or .tsv"
    case .otherVersion, .otherByteOrder:
      "let the Noticebook that saved it save its tables as csv, or load the original files again"
    case .cut, .damaged(nil): "take a copy of it, or load the original files again and save them anew"
    case .damaged:
      "take a copy of it, or load the original files again; columns that are whole can be asked for after a new `load`"
    }
  }
}
