import FoundationEssentials

/// A JSON document as a tree, for descriptors whose members may be of several types.
public enum JSONValue: Decodable, Equatable, Sendable {
  /// `null`
  case null
  /// `true`, `false`
  case boolean(Bool)
  /// A number.
  case number(Double)
  /// A text.
  case string(String)
  /// `[...]`
  case array([JSONValue])
  /// `{...}`
  case object([String: JSONValue])

  /// Any JSON value.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// The document that bytes hold; nil when they are no JSON.
  public init?(bytes: some Sequence<UInt8>) {
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else { return nil }
    self = value
  }

  /// A member of an object; nil where there is none, or no object.
  public subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { return members[key] }
    return nil
  }

  /// The text, where it is one.
  public var string: String? {
    if case .string(let value) = self { return value }
    return nil
  }

  /// The truth value, where it is one.
  public var boolean: Bool? {
    if case .boolean(let value) = self { return value }
    return nil
  }

  /// The items, where it is a list.
  public var array: [JSONValue]? {
    if case .array(let items) = self { return items }
    return nil
  }

  /// What kind of value it is, for errors.
  public var kindName: String {
    switch self {
    case .null: "null"
    case .boolean: "a truth value"
    case .number: "a number"
    case .string(let text): "'\(text)'"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
