import Glibc

/// The environment of this process.
enum Environment {
  /// The value of a variable; nil when it is not set.
  static func value(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    return String(cString: value)
  }

  /// Those of the named variables that are set.
  static func values(_ names: [String]) -> [String: String] {
    var values: [String: String] = [:]
    for name in names { values[name] = value(name) }
    return values
  }
}
