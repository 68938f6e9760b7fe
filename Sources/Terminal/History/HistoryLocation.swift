import Glibc

/// Where the history file is.
public struct HistoryLocation: Equatable, Sendable {
  /// The path of the file.
  public let path: String
  /// Whether its folder is Noticebook's own, and so may be made private to the user.
  public let ownsFolder: Bool
  /// A folder that is not made where it is missing: the user's home.
  let home: String?

  /// A file of the caller's choice, in a folder that others may use too.
  public init(path: String) { self.init(path: path, ownsFolder: false) }

  init(path: String, ownsFolder: Bool, home: String? = nil) {
    self.path = path
    self.ownsFolder = ownsFolder
    self.home = home
  }

  /// The file of this user: `NOTICEBOOK_HISTORY`; else `noticebook/history` in `XDG_STATE_HOME`; else in
  /// `~/.local/state`, the home being that of the user database when `HOME` is not set. Nil when
  /// `NOTICEBOOK_HISTORY` is set to nothing, or when there is no home.
  public static func standard() -> HistoryLocation? {
    var environment = Environment.values(["NOTICEBOOK_HISTORY", "XDG_STATE_HOME", "HOME"])
    if environment["HOME", default: ""].isEmpty, let user = getpwuid(getuid()), let home = user.pointee.pw_dir {
      environment["HOME"] = String(cString: home)
    }
    return standard(environment: environment)
  }

  static func standard(environment: [String: String]) -> HistoryLocation? {
    if let path = environment["NOTICEBOOK_HISTORY"] { return path.isEmpty ? nil : HistoryLocation(path: path) }
    // The XDG base directory specification: "All paths set in these environment variables must be absolute. If an
    // implementation encounters a relative path [...] it should consider the path invalid and ignore it."
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      return HistoryLocation(path: state + "/noticebook/history", ownsFolder: true)
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return HistoryLocation(path: home + "/.local/state/noticebook/history", ownsFolder: true, home: home)
  }
}
