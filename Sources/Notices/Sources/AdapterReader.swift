import ColumnStore
import Formats
import Language

extension SourceAdapter {
  /// The adapter that a text in JSON describes.
  ///
  /// - Parameter file: what the text is called in errors.
  /// - Throws: a `Diagnostic` that names the place in the text, what stands there and what should.
  public init(json text: String, file: String) throws(Diagnostic) {
    guard let json = JSONValue(bytes: text.utf8) else {
      throw Diagnostic("\(file) is no JSON", at: nil, help: "help adapters shows what an adapter looks like")
    }
    self = try AdapterReader(file: file).adapter(json)
    self.text = text
  }
}

/// Reads an adapter's JSON member by member, so that a misspelt or wrong one is told of with its place.
private struct AdapterReader {
  let file: String

  func adapter(_ json: JSONValue) throws(Diagnostic) -> SourceAdapter {
    let members = try object(
      json, "the adapter",
      keys: [
        "name", "title", "publisher", "url", "recognise", "columns", "keys", "changes", "nulls", "editions", "rows",
        "vocabulary",
        "notices", "actions", "checks", "limits",
      ])
    let name = try text(members["name"], "name")
    guard name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil else {
      throw wrong("name", "'\(name)'", "lower-case letters, digits and underscores")
    }
    let columns = try list(members["columns"], "columns").map(column)
    let known = Set(columns.map(\.name))
    let recognised = try texts(members["recognise"], "recognise")
    for column in recognised where !known.contains(column) {
      throw wrong("recognise", "'\(column)'", nearest(column, known, "the name of one of its columns"))
    }
    guard !recognised.isEmpty else { throw wrong("recognise", "nothing", "the columns that tell this source") }
    var adapter = SourceAdapter(
      name: name, title: try text(members["title"], "title"), recognise: recognised, columns: columns)
    adapter.publisher = try optionalText(members["publisher"], "publisher")
    adapter.url = try optionalText(members["url"], "url")
    if let keys = members["keys"] {
      let named = try object(keys, "keys", keys: ["platform", "time"])
      func key(_ name: String) throws(Diagnostic) -> String? {
        guard let json = named[name] else { return nil }
        let column = try text(json, "keys.\(name)")
        guard known.contains(column) else {
          throw wrong("keys.\(name)", "'\(column)'", nearest(column, known, "the name of one of its columns"))
        }
        return column
      }
      adapter.platformColumn = try key("platform")
      adapter.timeColumn = try key("time")
    }
    adapter.changes = try list(members["changes"], "changes").map {
      item throws(Diagnostic) in try change(item.json, item.place, known)
    }
    adapter.nulls = try members["nulls"].map { json throws(Diagnostic) in try texts(json, "nulls") }
    adapter.editions = try list(members["editions"], "editions").map(edition)
    adapter.rows = try lines(members["rows"], "rows")
    adapter.vocabulary = try list(members["vocabulary"], "vocabulary").map {
      item throws(Diagnostic) in try vocabulary(item.json, item.place, known)
    }
    adapter.notices = try model(members["notices"], .notices)
    adapter.actions = try model(members["actions"], .actions)
    adapter.checks = try list(members["checks"], "checks").map(check)
    adapter.limits = try texts(members["limits"], "limits")
    return adapter
  }

  private func column(_ item: (json: JSONValue, place: String)) throws(Diagnostic) -> SourceAdapter.Column {
    let (json, place) = item
    if let name = json.string { return SourceAdapter.Column(name: name) }
    let members = try object(json, place, keys: ["name", "spelled", "type", "list", "precision", "note"])
    var column = SourceAdapter.Column(name: try text(members["name"], "\(place).name"))
    column.spellings = try texts(members["spelled"], "\(place).spelled")
    if members["type"] != nil {
      let type = try text(members["type"], "\(place).type")
      column.type = DataType(named: type)
      if column.type == nil { throw wrong("\(place).type", "'\(type)'", DataType.names.joined(separator: ", ")) }
    }
    if let precision = members["precision"] {
      guard precision.string == "day" else {
        throw wrong("\(place).precision", precision.string.map { "'\($0)'" } ?? precision.kindName, "'day'")
      }
      column.isDaily = true
    }
    column.list = try members["list"].map { json throws(Diagnostic) in try text(json, "\(place).list") }
    column.note = try lines(members["note"], "\(place).note")
    return column
  }

  private func change(_ json: JSONValue, _ place: String, _ known: Set<String>) throws(Diagnostic)
    -> SourceAdapter.Change
  {
    let members = try object(json, place, keys: ["on", "columns", "what"])
    let on = try text(members["on"], "\(place).on")
    guard let day = TextParsing.date(on[...]) else {
      throw wrong("\(place).on", "'\(on)'", "a date such as 2025-07-01")
    }
    let columns = try texts(members["columns"], "\(place).columns")
    for column in columns where !known.contains(column) {
      throw wrong("\(place).columns", "'\(column)'", nearest(column, known, "the name of one of its columns"))
    }
    return SourceAdapter.Change(day: day, columns: columns, what: try text(members["what"], "\(place).what"))
  }

  private func edition(_ item: (json: JSONValue, place: String)) throws(Diagnostic) -> SourceAdapter.Edition {
    let members = try object(item.json, item.place, keys: ["name", "with", "without"])
    return SourceAdapter.Edition(
      name: try text(members["name"], "\(item.place).name"), with: try texts(members["with"], "\(item.place).with"),
      without: try texts(members["without"], "\(item.place).without"))
  }

  private func check(_ item: (json: JSONValue, place: String)) throws(Diagnostic) -> SourceAdapter.Check {
    let members = try object(item.json, item.place, keys: ["name", "holds"])
    return SourceAdapter.Check(
      name: try text(members["name"], "\(item.place).name"),
      condition: try lines(members["holds"], "\(item.place).holds"))
  }

  private func vocabulary(_ json: JSONValue, _ place: String, _ known: Set<String>) throws(Diagnostic)
    -> SourceAdapter.ColumnVocabulary
  {
    let members = try object(json, place, keys: ["column", "words"])
    let column = try text(members["column"], "\(place).column")
    guard known.contains(column) else {
      throw wrong("\(place).column", "'\(column)'", nearest(column, known, "the name of one of its columns"))
    }
    guard case .object(let words)? = members["words"] else {
      throw wrong("\(place).words", members["words"]?.kindName ?? "nothing", "an object of words and their meanings")
    }
    var meanings: [String: SourceAdapter.Meaning] = [:]
    for (word, json) in words { meanings[word] = try meaning(json, "\(place).words.\(word)") }
    return SourceAdapter.ColumnVocabulary(column: column, words: meanings)
  }

  private func meaning(_ json: JSONValue, _ place: String) throws(Diagnostic) -> SourceAdapter.Meaning {
    switch json {
    case .string: return .action(try action(json, place))
    case .array(let items):
      var cases: [SourceAdapter.Meaning.Case] = []
      for (number, item) in items.enumerated() {
        let place = "\(place)[\(number)]"
        if item.string != nil {
          cases.append(SourceAdapter.Meaning.Case(action: try action(item, place)))
          continue
        }
        let members = try object(item, place, keys: ["when", "action"])
        cases.append(
          SourceAdapter.Meaning.Case(
            condition: try lines(members["when"], "\(place).when"), action: try action(members["action"], place)))
      }
      return .cases(cases)
    default:
      let members = try object(json, place, keys: ["kept"])
      return .kept(reason: try text(members["kept"], "\(place).kept"))
    }
  }

  private func action(_ json: JSONValue?, _ place: String) throws(Diagnostic) -> String {
    let word = try text(json, place)
    guard ActionVocabulary.contains(word) else {
      throw wrong(place, "'\(word)'", nearest(word, Set(ActionVocabulary.names), "a word of `vocabulary`"))
    }
    return word
  }

  private func model(_ json: JSONValue?, _ table: CanonicalTable) throws(Diagnostic) -> SourceAdapter.Model? {
    guard let json else { return nil }
    let place = table.rawValue
    let members = try object(json, place, keys: ["rows", "columns"])
    guard case .object(let columns)? = members["columns"] else {
      throw wrong("\(place).columns", members["columns"]?.kindName ?? "nothing", "an object of columns and expressions")
    }
    var expressions: [String: String] = [:]
    let known = table.columns.map(\.name)
    for (name, json) in columns {
      guard known.contains(name) else {
        throw wrong("\(place).columns", "'\(name)'", "one of " + known.joined(separator: ", "))
      }
      expressions[name] = try lines(json, "\(place).columns.\(name)")
    }
    return SourceAdapter.Model(rows: try lines(members["rows"], "\(place).rows"), columns: expressions)
  }

  // MARK: Members

  private func object(_ json: JSONValue, _ place: String, keys: [String]) throws(Diagnostic) -> [String: JSONValue] {
    guard case .object(let members) = json else { throw wrong(place, json.kindName, "an object") }
    for key in members.keys.sorted() where !keys.contains(key) {
      throw wrong(place, "the member '\(key)'", nearest(key, Set(keys), "one of " + keys.joined(separator: ", ")))
    }
    return members
  }

  private func list(_ json: JSONValue?, _ place: String) throws(Diagnostic) -> [(json: JSONValue, place: String)] {
    guard let json else { return [] }
    guard let items = json.array else { throw wrong(place, json.kindName, "a list") }
    return items.enumerated().map { ($0.element, "\(place)[\($0.offset)]") }
  }

  private func text(_ json: JSONValue?, _ place: String) throws(Diagnostic) -> String {
    guard let text = json?.string, !text.isEmpty else { throw wrong(place, json?.kindName ?? "nothing", "a text") }
    return text
  }

  private func optionalText(_ json: JSONValue?, _ place: String) throws(Diagnostic) -> String {
    json == nil ? "" : try text(json, place)
  }

  /// A text, or a list of texts.
  private func texts(_ json: JSONValue?, _ place: String) throws(Diagnostic) -> [String] {
    guard let json else { return [] }
    if let text = json.string { return [text] }
    return try list(json, place).map { item throws(Diagnostic) in try text(item.json, item.place) }
  }

  /// A text of several lines, written as a list of them.
  private func lines(_ json: JSONValue?, _ place: String) throws(Diagnostic) -> String {
    try texts(json, place).joined(separator: "\n")
  }

  private func wrong(_ place: String, _ found: String, _ expected: String) -> Diagnostic {
    Diagnostic("\(file): \(place): found \(found)", at: nil, help: "expected \(expected)")
  }

  private func nearest(_ name: String, _ known: Set<String>, _ otherwise: String) -> String {
    nearestNames(to: name, in: known.sorted()).first.map { "'\($0)'" } ?? otherwise
  }
}
