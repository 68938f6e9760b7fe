import CJSON
import ColumnStore
import Planning

/// A JSON value in the text that is being read; it lasts as long as the closure that got it.
struct JSONTree {
  /// What kind of value it is.
  enum Kind { case null, boolean, number, string, array, object }

  private let nodes: UnsafePointer<nb_json_node>
  private let place: Int

  private init(_ nodes: UnsafePointer<nb_json_node>, _ place: Int) {
    self.nodes = nodes
    self.place = place
  }

  /// Reads a text and gives `body` the whole value; nil where the text is no JSON.
  static func read<Result>(_ text: String, _ body: (JSONTree) -> Result) -> Result? {
    var text = text
    return text.withUTF8 { bytes in
      var count = 0
      // An empty text may have no address, and is no JSON.
      guard let start = bytes.baseAddress, let nodes = nb_json_read(start, bytes.count, &count), count > 0 else {
        return nil
      }
      return body(JSONTree(nodes, 0))
    }
  }

  var kind: Kind {
    switch nodes[place].kind {
    case nb_json_boolean: .boolean
    case nb_json_number: .number
    case nb_json_string: .string
    case nb_json_array: .array
    case nb_json_object: .object
    default: .null
    }
  }

  /// The items of an array or the members of an object.
  var count: Int { Int(nodes[place].count) }

  private var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: nodes[place].text, count: nodes[place].length)
  }

  /// A string without quotes, a number or a truth value as it is written; empty for others.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The items of an array, or the values of an object's members.
  var items: [JSONTree] {
    if kind == .object { return members.map(\.value) }
    var result: [JSONTree] = []
    result.reserveCapacity(count)
    var next = place + 1
    for _ in 0..<count {
      result.append(JSONTree(nodes, next))
      next = Int(nodes[next].next)
    }
    return result
  }

  /// The members of an object in their order.
  var members: [(name: String, value: JSONTree)] {
    guard kind == .object else { return [] }
    var result: [(name: String, value: JSONTree)] = []
    var next = place + 1
    for _ in 0..<count {
      let value = JSONTree(nodes, next + 1)
      result.append((JSONTree(nodes, next).text, value))
      next = Int(nodes[next + 1].next)
    }
    return result
  }

  /// The value of a member; the last one of several with one name.
  func member(_ name: String) -> JSONTree? {
    members.last { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  /// The item of a place, counted from 0, or from -1 at the end.
  func item(_ index: Int64) -> JSONTree? {
    guard kind == .array else { return nil }
    let position = index < 0 ? Int64(count) &+ index : index
    guard position >= 0, position < Int64(count) else { return nil }
    var next = place + 1
    for _ in 0..<position { next = Int(nodes[next].next) }
    return JSONTree(nodes, next)
  }

  /// The value without white space.
  var json: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  // Reading bounds the nesting, so that this recursion is bounded.
  private func append(to result: inout [UInt8]) {
    switch kind {
    case .null: result.append(contentsOf: "null".utf8)
    case .boolean, .number: result.append(contentsOf: bytes)
    case .string: appendJSONString(bytes, to: &result)
    case .array:
      result.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { result.append(UInt8(ascii: ",")) }
        item.append(to: &result)
      }
      result.append(UInt8(ascii: "]"))
    case .object:
      result.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { result.append(UInt8(ascii: ",")) }
        appendJSONString(member.name.utf8, to: &result)
        result.append(UInt8(ascii: ":"))
        member.value.append(to: &result)
      }
      result.append(UInt8(ascii: "}"))
    }
  }
}
