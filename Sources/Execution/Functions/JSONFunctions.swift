import ColumnStore
import Planning

/// JSON in texts. What is no JSON gives NULL.
enum JSONFunctions {
  static let table: [ScalarFunction: RowFunction] = [
    .jsonExtract: reading { found, isPlural in
      isPlural
        ? .text("[" + found.map(\.json).joined(separator: ",") + "]") : found.first.map { .text($0.json) } ?? .null
    },
    .jsonExtractText: reading { found, isPlural in
      isPlural
        ? .text("[" + found.map(\.json).joined(separator: ",") + "]") : found.first.map(text) ?? .null
    },
    .jsonValue: reading { found, _ in
      guard let value = found.first, value.kind != .array, value.kind != .object else { return .null }
      return text(value)
    },
    .jsonList: reading { found, isPlural in
      if !isPlural, found.first?.kind != .array { return .null }
      let items = isPlural ? found : found.first?.items ?? []
      return .list(items.map(text), of: .text)
    },
    .jsonKeys: reading { found, _ in
      guard let object = found.first, object.kind == .object else { return .null }
      return .textList(object.members.map(\.name))
    },
    .jsonLength: reading { found, _ in
      guard let array = found.first, array.kind == .array else { return .null }
      return .integer(Int64(array.count))
    },
    .jsonType: reading { found, _ in found.first.map { .text(String(describing: $0.kind)) } ?? .null },
    .jsonExists: reading { found, _ in .boolean(!found.isEmpty) },
    .jsonValid: .ofText { .boolean(JSONTree.read($0) { _ in true } ?? false) },
    .jsonCompact: .ofText { JSONTree.read($0) { .text($0.json) } ?? .null },
    .jsonContains: RowFunction { values in
      // The second text is read into values of its own, since nodes last until the thread's next reading.
      guard let part = JSONTree.read(values.text(1) ?? "", { JSONPart($0) }) else { return .null }
      return JSONTree.read(values.text(0) ?? "") { tree in
        var steps = 10_000_000
        let isInside = part.isSomewhere(in: tree, &steps)
        return steps > 0 ? .boolean(isInside) : .null
      } ?? .null
    },
    .toJSON: RowFunction { .text(json($0[0])) },
    .jsonArray: RowFunction { .text("[" + $0.map(json).joined(separator: ",") + "]") },
    .jsonObject: RowFunction(failing: { values, call in
      guard values.count % 2 == 0 else { return .null }
      var members: [String] = []
      for index in stride(from: 0, to: values.count, by: 2) {
        if values[index].isNull {
          throw ExecutionError.raised(message: "a member of a JSON object needs a name", span: call.span)
        }
        members.append(json(.text(values[index].description)) + ":" + json(values[index + 1]))
      }
      return .text("{" + members.joined(separator: ",") + "}")
    }),
  ]

  /// A function of what is at a path, which is the whole value where none is given.
  private static func reading(_ body: @escaping @Sendable ([JSONTree], Bool) -> Value) -> RowFunction {
    RowFunction(preparing: { constants, _ in
      let prepared = constants.count > 1 ? constants[1].flatMap(path) : JSONPath("$")
      return { values in
        guard let path = prepared ?? (values.count > 1 ? path(values[1]) : nil) else { return .null }
        return JSONTree.read(values.text(0) ?? "") { body(found(path.steps[...], in: $0), path.isPlural) } ?? .null
      }
    })
  }

  private static func path(_ value: Value) -> JSONPath? {
    switch value {
    case .integer(let place): JSONPath(item: place)
    case .text(let text): JSONPath(text)
    default: nil
    }
  }

  private static func found(_ steps: ArraySlice<JSONPath.Step>, in tree: JSONTree) -> [JSONTree] {
    var trees = [tree]
    for step in steps {
      trees = trees.flatMap { tree -> [JSONTree] in
        switch step {
        case .member(let name): tree.member(name).map { [$0] } ?? []
        case .item(let place): tree.item(place).map { [$0] } ?? []
        case .all: tree.items
        }
      }
    }
    return trees
  }

  /// A value as text: strings without quotes, the JSON of arrays and objects.
  private static func text(_ tree: JSONTree) -> Value {
    switch tree.kind {
    case .null: .null
    case .array, .object: .text(tree.json)
    default: .text(tree.text)
    }
  }

  private static func json(_ value: Value) -> String {
    var bytes: [UInt8] = []
    value.appendJSON(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A JSON value that is looked for in another.
private indirect enum JSONPart {
  case scalar(JSONTree.Kind, String)
  case array([JSONPart])
  case object([(String, JSONPart)])

  init(_ tree: JSONTree) {
    switch tree.kind {
    case .array: self = .array(tree.items.map { JSONPart($0) })
    case .object: self = .object(tree.members.map { ($0.name, JSONPart($0.value)) })
    default: self = .scalar(tree.kind, tree.text)
    }
  }

  /// Whether it is in a value or somewhere below it. `steps` bounds the comparisons.
  func isSomewhere(in tree: JSONTree, _ steps: inout Int) -> Bool {
    if isIn(tree, &steps) { return true }
    for item in tree.items where item.count > 0 || item.kind != .array && item.kind != .object {
      if isSomewhere(in: item, &steps) { return true }
    }
    return false
  }

  /// Whether a value has all that this one has.
  private func isIn(_ tree: JSONTree, _ steps: inout Int) -> Bool {
    steps -= 1
    guard steps > 0 else { return false }
    switch self {
    case .scalar(.number, let text):
      guard tree.kind == .number else { return false }
      // Whole numbers are compared in all their digits.
      if let first = Int64(tree.text), let second = Int64(text) { return first == second }
      return tree.text == text || Double(tree.text) == Double(text)
    case .scalar(let kind, let text): return tree.kind == kind && tree.text.utf8.elementsEqual(text.utf8)
    case .array(let parts):
      guard tree.kind == .array else { return false }
      let items = tree.items
      for part in parts {
        var isThere = false
        for item in items where part.isIn(item, &steps) {
          isThere = true
          break
        }
        if !isThere { return false }
      }
      return true
    case .object(let members):
      guard tree.kind == .object else { return false }
      for (name, part) in members {
        guard let value = tree.member(name), part.isIn(value, &steps) else { return false }
      }
      return true
    }
  }
}
