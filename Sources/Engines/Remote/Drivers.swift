import Formats
import Language

/// The databases that can be connected, and the libraries by which they are spoken to.
public enum Drivers {
  /// One kind of database.
  public struct Kind: Sendable {
    /// What it is called.
    public let name: String
    /// How its addresses begin.
    public let scheme: String
    /// The Python package that its library comes in.
    public let package: String
    let library: String
    let dialect: Dialect
    /// The driver's options for an address; `token` is what the environment gives to be let in by.
    let options: @Sendable (_ address: String, _ token: String?) -> [(name: String, value: String)]

    /// Where its library is; nil where it is not there.
    public func path(in folders: [String]) -> String? {
      folders.lazy.flatMap { folder in
        ["\(folder)/\(library)", "\(folder)/*/\(library)"].compactMap { try? expandPaths([$0]).first }
      }.first
    }
  }

  /// All kinds.
  public static let kinds: [Kind] = [
    Kind(
      name: "Spark", scheme: "spark://", package: "adbc-driver-spark", library: "libadbc_driver_spark.so",
      dialect: .spark,
      options: { address, token in
        let access = token.map { "/;use_ssl=true;token=\($0)" } ?? ""
        return [("uri", "sc://\(address.dropFirst("spark://".count))\(access)")]
      }),
    Kind(
      name: "PostgreSQL", scheme: "postgresql://", package: "adbc-driver-postgresql",
      library: "libadbc_driver_postgresql.so", dialect: .postgreSQL, options: { address, _ in [("uri", address)] }),
    Kind(
      name: "SQLite", scheme: "sqlite:", package: "adbc-driver-sqlite", library: "libadbc_driver_sqlite.so",
      dialect: .sqlite,
      options: { address, _ in
        [("uri", "file:\(address.dropFirst("sqlite:".count))?mode=ro")]
      }),
  ]

  /// The environment variable that names folders with libraries, with colons between them.
  public static let folderVariable = "NOTICEBOOK_DRIVERS"
  /// The environment variable with the token that a Spark server asks for.
  public static let tokenVariable = "NOTICEBOOK_TOKEN"

  /// The environment variable that, when it says `all`, has small tables of this process sent along, so that everything is
  /// run on the database that can be: to compare its answers with those of this process.
  public static let sendVariable = "NOTICEBOOK_SEND_TABLES"

  /// Where libraries are looked for.
  public static func folders(_ variable: String?) -> [String] {
    (variable?.split(separator: ":").map(String.init) ?? [])
      + [
        "~/.local/share/noticebook/drivers", "/usr/local/lib", "/usr/lib/x86_64-linux-gnu",
        "/usr/lib/aarch64-linux-gnu",
      ]
  }

  /// Connects to the database at an address.
  ///
  /// - Parameters:
  ///   - name: what it is to be called.
  ///   - environment: gives the value of an environment variable.
  /// - Throws: a `Diagnostic` without a place.
  public static func connect(
    _ address: String, as name: String, environment: (String) -> String?
  ) throws -> Server {
    guard let kind = kinds.first(where: { address.hasPrefix($0.scheme) }) else {
      throw Diagnostic(
        "'\(address)' is no address of a database that can be connected", at: nil,
        help: "addresses begin with \(kinds.map(\.scheme).joined(separator: ", "))")
    }
    // What is typed lies in the history, and in saved sessions.
    if let user = address.dropFirst(kind.scheme.count).split(separator: "@", maxSplits: 1).first,
      address.contains("@"), user.contains(":")
    {
      throw Diagnostic(
        "a password does not stand in an address, which is kept with what was typed", at: nil,
        help: "PostgreSQL's is taken from PGPASSWORD or ~/.pgpass, Spark's token from \(tokenVariable)")
    }
    guard let path = kind.path(in: folders(environment(folderVariable))) else {
      throw Diagnostic(
        "the driver for \(kind.name) is not there: \(kind.library)", at: nil,
        help: "pip install --target FOLDER \(kind.package), and set \(folderVariable)=FOLDER; see `drivers`")
    }
    do {
      let connection = try ADBCConnection(
        try ADBCDriver(library: path), options: kind.options(address, environment(tokenVariable)))
      return try Server(name: name, dialect: kind.dialect, connection: connection)
    } catch let fault as ADBCFault {
      throw Diagnostic("\(kind.name) at '\(address)' cannot be reached: \(fault.message)", at: nil)
    }
  }
}
