import ColumnStore
import Formats
import Language
import Planning

extension Session {
  /// `help`, `help topic`.
  func help(_ topic: String, _ span: SourceSpan) throws {
    let isWhy = topic.lowercased() == "why"
    let text = try isWhy ? whyText(span) : HelpText.about(topic) ?? { throw unknownTopic(topic, span) }()
    try output.sink.write(fittedText(text, width: host.outputIsTerminal ? host.width() - 1 : nil) + "\n")
    try output.flush()
  }

  private func unknownTopic(_ topic: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "there is no help on `\(topic)`", at: span,
      help: suggestion(for: topic, in: HelpText.topics) ?? "`help` lists the topics")
  }

  /// `history [n]`: what was typed, the last at the end.
  func showHistory(_ count: Int64?) throws {
    let entries = host.history()
    let shown = count.map { Int(max(0, min($0, Int64(entries.count)))) } ?? entries.count
    let first = entries.count - shown
    try show(
      Session.table(
        [("number", .integer), ("statement", .text)],
        entries.enumerated().dropFirst(first).map { [.integer(Int64($0.offset + 1)), .text($0.element)] }))
  }
}
