import Language
import Notebook
import Terminal

/// The notebook at a terminal: reads statements, runs them, until somebody leaves.
struct Interactive {
  let session: Session
  let editor: LineEditor

  init(session: Session, editor: LineEditor) {
    self.session = session
    self.editor = editor
    editor.completer = SessionCompletion(completer: SessionCompleter(session))
    editor.highlighter = StatementHighlighter(highlighter: SessionHighlighter(session))
    editor.hinter = StatementHinter(history: HistoryHinter(editor.history), completer: SessionCompleter(session))
    editor.validator = StatementValidator()
  }

  /// Runs what is typed. Ends at Ctrl-D or `quit`.
  func run() throws {
    defer { editor.setTitle(nil) }
    let hasColour = editor.usesColour
    var outcome = RunOutcome.succeeded
    var seconds: Double?
    while !session.wantsToQuit {
      editor.usesColour = hasColour && Theme.inForce != .none
      editor.setTitle(session.title)
      let prompt = session.prompt(after: outcome, seconds: seconds)
      switch editor.readStatement(prompt: prompt, continuationPrompt: Interactive.continuation(of: prompt)) {
      case .statement(let text):
        Interruption.clear()
        let start = ContinuousClock.now
        outcome = try session.run(SourceText(text: text))
        seconds = (ContinuousClock.now - start) / .seconds(1)
      case .interrupted: continue
      case .endOfInput: return
      }
    }
  }

  /// What stands before the other lines of a statement: as wide as the prompt, so that they stand one below the other.
  static func continuation(of prompt: String) -> String {
    let width = TerminalScreen.width(of: prompt)
    return width < 5 ? String(repeating: " ", count: width) : String(repeating: " ", count: width - 5) + "...> "
  }
}

/// The language's completion behind the editor's seam.
private struct SessionCompletion: Completer {
  let completer: SessionCompleter

  func candidates(in text: String, at cursor: Int) -> [CompletionCandidate] {
    completer.candidates(in: text, at: cursor).map {
      CompletionCandidate(range: $0.range, text: $0.text, description: $0.description, suffix: $0.suffix)
    }
  }
}

/// What was typed before and goes on, and else what the language lets follow.
private struct StatementHinter: Hinter {
  let history: HistoryHinter
  let completer: SessionCompleter

  func hint(for text: String) -> String? { history.hint(for: text) ?? completer.continuation(of: text) }
}

/// The language's view of a statement behind the editor's seam.
private struct StatementHighlighter: Highlighter {
  let highlighter: SessionHighlighter

  func spans(of text: String, cursor: Int) -> [StyledSpan] {
    highlighter.spans(of: text, cursor: cursor).map { StyledSpan($0.range, Theme.inForce.style($0.kind)) }
  }
}

/// The language's line rules behind the editor's seam.
private struct StatementValidator: Validator {
  func completeness(of text: String) -> Terminal.Completeness {
    switch Language.completeness(of: text) {
    case .complete: .complete
    case .incomplete(.string), .incomplete(.quotedName), .incomplete(.comment): .insideQuote
    case .incomplete: .incomplete
    }
  }
}
