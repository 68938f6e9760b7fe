/// When output is coloured: the values of `--color`.
public enum ColourChoice: String, CaseIterable, Sendable {
  /// On a terminal that can, unless `NO_COLOR` is set.
  case auto
  /// Even into a file or a pipe.
  case always
  /// Not at all.
  case never

  /// Whether output is coloured.
  ///
  /// `auto` follows <https://no-color.org>: any non-empty `NO_COLOR` turns colour off. A terminal of type `dumb`, or of
  /// no type, has none.
  public func isOn(isTerminal: Bool, environment: [String: String]) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      guard isTerminal, environment["NO_COLOR", default: ""].isEmpty else { return false }
      return !["", "dumb"].contains(environment["TERM", default: ""])
    }
  }
}
