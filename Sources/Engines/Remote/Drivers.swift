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
        var options = [("uri", "sc://\(address.dropFirst("spark://".count))")]
        if let token {
          options.append(("adbc.spark.token", token))
          if !address.contains("use_ssl=") { options.append(("adbc.spark.tls.enabled", "true")) }
        }
        return options
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

  /// The environment variable that says how many rows are pulled at most for one step of this process.
  public static let rowLimitVariable = "NOTICEBOOK_PULL_ROWS"

  /// Where libraries are looked for.
  public static func folders(_ variable: String?) -> [String] {
    (variable?.split(separator: ":").map(String.init) ?? [])
      + [
        "~/.local/share/noticebook/drivers", "/usr/local/lib", "/usr/lib/x86_64-linux-gnu",
        "/usr/lib/aarch64-linux-gnu",
      ]
  }

  /// The kind of database at an address. Throws a `Diagnostic` without a place for what is no address, and for one with a
  /// password or token in it.
  @discardableResult public static func kind(of address: String) throws -> Kind {
    guard let kind = kinds.first(where: { address.hasPrefix($0.scheme) }) else {
      throw Diagnostic(
        "'\(Secrets.removed(from: address))' is no address of a database that can be connected", at: nil,
        help: "addresses begin with \(kinds.map(\.scheme).joined(separator: ", "))")
    }
    // What is typed lies in the history, and in saved sessions.
    if Secrets.stand(in: address) {
      throw Diagnostic(
        "a password or token does not stand in an address, which is kept with what was typed", at: nil,
        help: "PostgreSQL's password is taken from PGPASSWORD or ~/.pgpass, Spark's token from \(tokenVariable)")
    }
    return kind
  }

  /// Connects to the database at an address.
  ///
  /// - Parameters:
  ///   - name: what it is to be called.
  ///   - environment: gives the value of an environment variable.
  ///   - isCancelled: whether somebody pressed Ctrl-C, now or as long as there is the connection.
  ///   - waited: told now and then while it is connected.
  /// - Throws: a `Diagnostic` without a place; `ExecutionError.cancelled`.
  public static func connect(
    _ address: String, as name: String, environment: (String) -> String?,
    isCancelled: @escaping @Sendable () -> Bool = { false }, waited: @escaping @Sendable () -> Void = {}
  ) throws -> Server {
    let kind = try kind(of: address)
    guard let path = kind.path(in: folders(environment(folderVariable))) else {
      throw Diagnostic(
        "the driver for \(kind.name) is not there: \(kind.library)", at: nil,
        help: "pip install --target FOLDER \(kind.package), and set \(folderVariable)=FOLDER; see `drivers`")
    }
    let token = environment(tokenVariable).flatMap { $0.isEmpty ? nil : $0 }
    let secrets = Secrets([token, environment("PGPASSWORD")].compactMap { $0 })
    let driver = try ADBCDriver(library: path)
    let options = kind.options(address, token)
    let rowLimit = environment(rowLimitVariable).flatMap { Int($0) }.map { max(0, $0) }
    do {
      return try Server(
        name: name, dialect: kind.dialect, secrets: secrets, rowLimit: rowLimit ?? Server.usualRowLimit,
        isCancelled: isCancelled, waited: waited
      ) {
        try ADBCConnection.open(driver, options: options, patience: $0)
      }
    } catch let fault as ADBCFault {
      throw Diagnostic(
        "\(kind.name) at '\(address)' cannot be reached: \(secrets.removed(from: fault.message))", at: nil,
        help: kind.dialect.hint(for: fault))
    } catch let timeOut as TimeOut {
      throw Diagnostic(
        "\(kind.name) at '\(address)' did not answer within \(timeOut.text)", at: nil,
        help: "is the host right, and reachable from here? `set engine_timeout` allows it longer")
    }
  }
}
