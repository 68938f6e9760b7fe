/// What stands before a statement that is typed: a text in which names in braces stand for what they say.
///
/// `{table} in {folder}> ` becomes `actions in india-2021> `.
struct PromptTemplate: Sendable, Equatable {
  /// What can stand in braces.
  enum Name: String, CaseIterable {
    /// The table in use.
    case table
    /// Where queries run.
    case engine
    /// How long the last input took.
    case elapsed
    /// The exit status that a script of it would have had.
    case status
    /// The name of the working folder.
    case folder
  }

  /// The template as it was written.
  let text: String
  private let parts: [Part]

  private enum Part: Equatable {
    case text(String)
    case name(Name)
  }

  /// The template that there is unless another is set.
  static let usual = PromptTemplate(parts: [.text("noticebook> ")], text: "noticebook> ")

  /// What `prompt` takes.
  static let form =
    "a text such as '{table}> '; in braces it knows " + Name.allCases.map(\.rawValue).joined(separator: ", ")

  private init(parts: [Part], text: String) {
    self.parts = parts
    self.text = text
  }

  /// Nil where braces hold another name or are not closed.
  init?(_ text: String) {
    var parts: [Part] = []
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}"),
        let name = Name(rawValue: String(rest[open...].dropFirst().prefix { $0 != "}" }))
      else { return nil }
      parts += [.text(String(rest[..<open])), .name(name)]
      rest = rest[close...].dropFirst()
    }
    self.init(parts: parts + [.text(String(rest))], text: text)
  }

  /// The prompt, with what each name stands for.
  func filled(_ value: (Name) -> String) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .name(let name): value(name)
      }
    }.joined()
  }
}
