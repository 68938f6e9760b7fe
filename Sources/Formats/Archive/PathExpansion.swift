/// The files that paths mean: patterns, `~`, folders.
public func expandPaths(_ paths: [String], options: LoadOptions = LoadOptions()) throws -> [String] { paths }
