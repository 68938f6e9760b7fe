import ColumnStore

/// One table of a data package.
public struct PackagedTable: Sendable {
  /// The resource's name.
  public var name: String
  /// The table as it was read; its columns carry the notes that the package gives them.
  public var loaded: LoadedTable
  /// What the package says of it; empty where it says nothing.
  public var description: String
}

/// Loads every table of a Frictionless data package (specs.frictionlessdata.io, versions 1 and 2), from its folder or the
/// path of its `datapackage.json`.
///
/// Declared types win over what the values look like: a value that does not fit is NULL and stands in the rejects. NULL is
/// what `missingValues` says, by default only the empty field. Resources that are no separated values are passed over
/// unless they have a schema. Paths must stay inside the folder.
///
/// - Throws: `LoadError.wrongPackage` with the place in the descriptor, and what loading a file throws.
public func loadDataPackage(_ path: String, control: LoadControl = LoadControl()) throws -> [PackagedTable] {
  let package = try DataPackage(path)
  return try package.resources.map { try $0.load(control: control) }
}

/// A descriptor and the folder that its paths start from.
struct DataPackage {
  let resources: [PackagedResource]

  /// The largest descriptor that is read.
  private static let sizeLimit = 64 << 20

  init(_ path: String) throws {
    let isFolder = FileIdentity(path: path)?.isDirectory ?? false
    let file = isFolder ? (path.hasSuffix("/") ? path : path + "/") + "datapackage.json" : path
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    let descriptor = try DataPackage.document(file)
    guard let list = descriptor["resources"] else {
      throw LoadError.wrongPackage(
        path: file, place: "the descriptor", found: "no 'resources'", expected: "a list of resources")
    }
    guard let items = list.array else {
      throw LoadError.wrongPackage(
        path: file, place: "resources", found: list.kindName, expected: "a list of resources")
    }
    resources = try items.enumerated().compactMap { number, item in
      try PackagedResource(item, place: "resources[\(number)]", file: file, folder: folder)
    }
  }

  /// A JSON file.
  static func document(_ path: String) throws -> JSONValue {
    let bytes = try FileBytes.open(path: path, mappingThreshold: .max, limit: sizeLimit)
    guard let value = bytes.json else {
      throw LoadError.wrongPackage(path: path, place: "the file", found: "text that is no JSON", expected: "JSON")
    }
    return value
  }
}
