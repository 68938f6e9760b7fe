/// Where in a JSON value to look: `'$.a.b[0]'`, `'$."odd name"'`, `'$[*]'`, `'/a/b/0'` (RFC 6901), or the name of a member as
/// it stands. Places count from 0, and from the end below it.
public struct JSONPath: Sendable, Hashable {
  /// One step down.
  public enum Step: Sendable, Hashable {
    /// The member of a name.
    case member(String)
    /// The item of a place.
    case item(Int64)
    /// Every item or member.
    case all
  }

  /// The steps from the whole value down.
  public private(set) var steps: [Step] = []

  /// Whether it can lead to several values.
  public var isPlural: Bool { steps.contains(.all) }

  /// The member of a name.
  public init(member name: String) { steps = [.member(name)] }

  /// The item of a place.
  public init(item place: Int64) { steps = [.item(place)] }

  /// Reads a path; nil where it is none.
  public init?(_ text: String) {
    if text.hasPrefix("$") {
      guard read(text.dropFirst()) else { return nil }
    } else if text.hasPrefix("/") {
      for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
        let name = JSONPath.replaced(JSONPath.replaced(String(part), "~1", "/"), "~0", "~")
        steps.append(Int64(name).map { .item($0) } ?? .member(name))
      }
    } else {
      steps = [.member(text)]
    }
  }

  private mutating func read(_ path: Substring) -> Bool {
    var rest = path
    while let first = rest.first {
      rest.removeFirst()
      switch first {
      case ".":
        if rest.first == "\"" {
          guard let name = JSONPath.quoted(&rest) else { return false }
          steps.append(.member(name))
        } else {
          let name = rest.prefix { $0 != "." && $0 != "[" }
          guard !name.isEmpty else { return false }
          rest = rest.dropFirst(name.count)
          steps.append(name == "*" ? .all : .member(String(name)))
        }
      case "[":
        if rest.first == "\"" || rest.first == "'" {
          guard let name = JSONPath.quoted(&rest) else { return false }
          steps.append(.member(name))
        } else {
          var inside = rest.prefix { $0 != "]" }
          rest = rest.dropFirst(inside.count)
          if inside == "*" {
            steps.append(.all)
          } else {
            // DuckDB and SQLite write places from the end as `#-1`.
            if inside.first == "#" { inside.removeFirst() }
            guard let place = Int64(inside) else { return false }
            steps.append(.item(place))
          }
        }
        guard rest.first == "]" else { return false }
        rest.removeFirst()
      default: return false
      }
    }
    return true
  }

  /// A name in quotes; the quote itself and a backslash stand behind a backslash.
  private static func quoted(_ rest: inout Substring) -> String? {
    let quote = rest.removeFirst()
    var name = ""
    while let character = rest.first {
      rest.removeFirst()
      if character == quote { return name }
      if character == "\\", let next = rest.first {
        rest.removeFirst()
        name.append(next)
      } else {
        name.append(character)
      }
    }
    return nil
  }

  private static func replaced(_ text: String, _ old: String, _ new: String) -> String {
    var result = ""
    var rest = text[...]
    while !rest.isEmpty {
      if rest.hasPrefix(old) {
        result += new
        rest = rest.dropFirst(old.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }
}
