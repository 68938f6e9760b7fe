/// A path as it was written after `load`, `run`, `save`, `output` or `from`, with its parameters still to be put in.
///
/// `$name` and `${name}` stand for a parameter's value, `$$` for one dollar sign.
public struct PathText: Sendable, Hashable {
  /// A piece of a path.
  public enum Part: Sendable, Hashable {
    /// Text to be taken as it is.
    case text(String)
    /// A parameter's name, without the `$`, and where it stands.
    case parameter(String, SourceSpan)
  }
  /// The pieces in order; empty for an empty path.
  public let parts: [Part]
  /// Whether it stood in quotes. A `~` at the start of a path in quotes is still the home folder.
  public let isQuoted: Bool
  /// Where it stands, quotes included.
  public let span: SourceSpan

  /// The path, if no parameter is part of it.
  public var literal: String? {
    var result = ""
    for part in parts {
      guard case .text(let text) = part else { return nil }
      result += text
    }
    return result
  }

  /// Puts parameters in. `value` gives the text of a parameter, or throws a diagnostic for the span if there is none.
  public func resolved(_ value: (_ name: String, _ span: SourceSpan) throws -> String) rethrows -> String {
    var result = ""
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .parameter(let name, let span): result += try value(name, span)
      }
    }
    return result
  }
}
