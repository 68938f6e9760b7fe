import Language

/// A fault that was told, and the statement that it is in.
struct Fault {
  let diagnostic: Diagnostic
  /// The statement.
  let statement: String
  /// What of the statement stands before the fault; all of it where the fault has no place.
  let before: String
}

extension Session {
  /// Keeps a fault for `help why`.
  func noteFault(_ diagnostic: Diagnostic) {
    let start = statementSpan.start
    let end = max(start, min(diagnostic.span?.start ?? statementSpan.end, statementSpan.end))
    lastFault = Fault(
      diagnostic: diagnostic, statement: source.text(statementSpan),
      before: source.text(SourceSpan(start: start, end: end)))
  }

  /// `help why`: what is behind the last error, what there is in place of what was asked for, and how it is written.
  func whyText(_ span: SourceSpan) throws -> String {
    guard let fault = lastFault else {
      throw Diagnostic("nothing has gone wrong yet", at: span, help: "`help why` explains the last error")
    }
    var parts = [rendered(fault.diagnostic)]
    if let explanation = FaultExplanation.of(fault.diagnostic.message) {
      parts.append(HelpText.paragraph(explanation.text.replacing("\n", with: " ")))
    }
    let names = tablesText(spokenOf: fault.statement)
    if !names.isEmpty { parts.append(names) }
    if let entry = Session.grammar(before: fault.before) {
      parts.append("How it is written:\n  \(entry.syntax)\n  for example: \(entry.examples[0])")
    }
    return parts.joined(separator: "\n\n")
  }

  /// The columns of the tables that a statement speaks of; without one, the tables that there are.
  private func tablesText(spokenOf statement: String) -> String {
    let words = statement.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "!") }.map(String.init)
    let spoken = tables(spokenOf: words)
    if spoken.isEmpty {
      return entryNames.isEmpty ? "" : "Tables that there are: \(entryNames.joined(separator: ", "))"
    }
    let lines = spoken.map { name in
      "  \(name): \(columns(named: name).map { "\($0.name) \($0.type.name)" }.joined(separator: ", "))"
    }
    return "What the statement speaks of:\n\(lines.joined(separator: "\n"))"
  }

  /// The operator or command that a fault stands in, told by what stands before it.
  private static func grammar(before text: String) -> GrammarEntry? {
    let isPiped = text.contains("|>")
    let part = text.split(separator: "|>", omittingEmptySubsequences: false).last ?? ""
    let words = part.split { !($0.isLetter || $0 == "_") }.prefix(2).map { $0.lowercased() }
    guard let first = words.first else { return nil }
    let known = isPiped ? GrammarCatalog.operators : GrammarCatalog.commands + GrammarCatalog.operators
    return known.first { $0.name == words.joined(separator: " ") } ?? known.first { $0.name == first }
  }
}
