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
    editor.hinter = HistoryHinter(editor.history)
    editor.validator = StatementValidator()
  }

  /// Runs what is typed. Ends at Ctrl-D or `quit`.
  func run() throws {
    while !session.wantsToQuit {
      switch editor.readStatement(prompt: "noticebook> ", continuationPrompt: "       ...> ") {
      case .statement(let text):
        editor.history.add(text)
        Interruption.clear()
        _ = try session.run(SourceText(text: text))
      case .interrupted: continue
      case .endOfInput: return
      }
    }
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

/// The language's view of a statement behind the editor's seam.
private struct StatementHighlighter: Highlighter {
  let highlighter: SessionHighlighter

  func spans(of text: String, cursor: Int) -> [StyledSpan] {
    highlighter.spans(of: text, cursor: cursor).map { StyledSpan($0.range, Colours.style($0.kind)) }
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
