import Language

/// The adapters that come with the notebook, read when somebody first asks for them.
public enum SourceCatalog {
  /// All of them, by name.
  public static let all: [SourceAdapter] = files.compactMap { file in
    // A test reads every one of them.
    try? SourceAdapter(json: String(decoding: file.bytes, as: UTF8.self), file: "\(file.name).json")
  }.sorted { $0.name < $1.name }

  /// Their names.
  public static var names: [String] { all.map(\.name) }

  /// The adapter of a name, whatever its case.
  public static func named(_ name: String) -> SourceAdapter? { all.first { $0.name == name.lowercased() } }

  /// The adapter that a table with these columns is recognised by: of several the one that asks for the most columns; nil
  /// where there is none.
  public static func recognising(_ columns: [String]) -> SourceAdapter? {
    all.filter { $0.missingColumns(columns).isEmpty }.max { $0.recognise.count < $1.recognise.count }
  }
}

extension SourceCatalog {
  /// The files in the folder `Adapters`, which are part of the program. A new one is put here by its name.
  private static var files: [(name: String, bytes: [UInt8])] {
    [
      ("dsa_sor", PackageResources.dsa_sor_json),
      ("google_removal_requests", PackageResources.google_removal_requests_json),
      ("lumen", PackageResources.lumen_json),
      ("meta_content_restrictions", PackageResources.meta_content_restrictions_json),
      ("twitter_removal_requests", PackageResources.twitter_removal_requests_json),
      ("withheld_accounts", PackageResources.withheld_accounts_json),
      ("withheld_observations", PackageResources.withheld_observations_json),
    ]
  }
}
