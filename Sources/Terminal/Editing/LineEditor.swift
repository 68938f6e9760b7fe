import CLibedit
import CSystem
import Glibc

/// Reads statements from a person at a terminal: editing with emacs or vi keys, history, completion, several lines.
///
/// ```swift
/// let history = FileHistory { print($0) }
/// guard let editor = LineEditor(history: history) else { ... }   // not a terminal
/// reading: while true {
///   switch editor.readStatement(prompt: "noticebook> ", continuationPrompt: "       ...> ") {
///   case .statement(let text): run(text)
///   case .interrupted: continue
///   case .endOfInput: break reading
///   }
/// }
/// ```
///
/// For the main thread only: libedit keeps no lock, the modes of a terminal belong to the whole process, and the
/// signals of the keyboard are handled once for the process. The class is not `Sendable`, so the compiler keeps it
/// where it was made; make one, and make it there.
///
/// libedit is one implementation behind the seams ``Completer``, ``Highlighter``, ``Hinter``, ``Validator`` and
/// ``HistoryStore``.
public final class LineEditor {
  /// What a person answered to a prompt.
  public enum Outcome: Equatable, Sendable {
    /// A statement of one or more lines, without the last line end; never blank.
    case statement(String)
    /// Ctrl-C, or Ctrl-D behind the first line: what was typed is dropped, ask again.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case endOfInput
  }

  /// Knows how a statement can go on; without one the completion key only rings the bell.
  public var completer: (any Completer)?
  /// Knows how the parts of a statement are shown; without one they are shown plainly. Used only with colour.
  public var highlighter: (any Highlighter)?
  /// Guesses how a statement will go on; without one nothing is suggested. Used only with colour.
  public var hinter: (any Hinter)?
  /// Tells whether a statement goes on in the next line; without one each line is a statement.
  public var validator: (any Validator)?
  /// The statements typed so far.
  public let history: any HistoryStore
  /// Whether statements, suggestions and lists of candidates have colours.
  public var usesColour: Bool

  let editor: OpaquePointer
  let lines: OpaquePointer
  let output: UnsafeMutablePointer<FILE>
  let isVi: Bool
  let wakeUp: Int32

  /// The lines of the statement that were read before the one being edited, each with its line end.
  var earlierLines = ""
  var prompt: PromptText
  var keys = KeyReader()
  var menu = MenuState()
  var painting = PaintingState()

  /// Takes over the terminal on standard input and output; nil when there is none.
  ///
  /// Reads the user's editrc(5) file, installs the handlers of ``Interruption``, and sets the C library's character
  /// encoding to UTF-8.
  public init?(
    history: any HistoryStore, completer: (any Completer)? = nil, validator: (any Validator)? = nil,
    programName: String = "noticebook", usesColour: Bool = false
  ) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 || isatty(STDERR_FILENO) == 1 else { return nil }
    guard let input = nb_stdin(), let error = nb_stderr(),
      let output = isatty(STDOUT_FILENO) == 1 ? nb_stdout() : nb_stderr()
    else { return nil }
    EditingLocale.useUTF8()
    guard let lines = history_winit() else { return nil }
    guard let editor = el_init(programName, input, output, error) else {
      history_wend(lines)
      return nil
    }
    TerminalSignals.install()
    self.history = history
    self.completer = completer
    self.validator = validator
    self.usesColour = usesColour
    self.editor = editor
    self.lines = lines
    self.output = output
    wakeUp = WakeUp.open()
    prompt = PromptText("")
    isVi = LineEditor.chooseKeys(of: editor)
    connect()
  }

  deinit {
    el_end(editor)
    history_wend(lines)
    prompt.free()
  }

  /// Functions, keys, and the user's own wishes, which come first: they also say which keys there are.
  private static func chooseKeys(of editor: OpaquePointer) -> Bool {
    _ = nb_el_set_editor(editor, WideText.terminated("emacs"))
    let complete: nb_key_function = { editor, _ in LineEditor.of(editor)?.complete() ?? UInt8(CC_ERROR) }
    let interrupt: nb_key_function = { editor, _ in LineEditor.of(editor)?.interruptLine() ?? UInt8(CC_ERROR) }
    add(KeyBindings.complete, "Go on with the word as the language allows", complete, to: editor)
    add(KeyBindings.interrupt, "Drop the statement", interrupt, to: editor)
    let forward: nb_key_function = { editor, _ in LineEditor.of(editor)?.goForward() ?? UInt8(CC_ERROR) }
    add(KeyBindings.forward, "Take what is suggested, else go to the next character", forward, to: editor)
    let editrc = EditrcFile.find()
    editrc?.apply(to: editor)
    let name = nb_el_editor(editor).map { WideText.string(from: $0, to: $0 + wcslen($0)) }
    let isVi = name == "vi"
    KeyBindings.apply(to: editor, isVi: isVi)
    editrc?.applyKeys(to: editor)
    return isVi
  }

  private static func add(_ name: String, _ help: String, _ function: nb_key_function?, to editor: OpaquePointer) {
    // libedit keeps the pointers to both texts as long as the editor lives.
    let kept = [name, help].map { text in
      let wide = WideText.terminated(text)
      let copy = UnsafeMutablePointer<wchar_t>.allocate(capacity: wide.count)
      copy.initialize(from: wide, count: wide.count)
      return copy
    }
    _ = nb_el_add_function(editor, kept[0], kept[1], function)
  }

  private func connect() {
    _ = nb_el_set_signals(editor, 0)
    _ = nb_el_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
    _ = nb_el_set_reader(editor) { editor, key in
      guard let key, let owner = LineEditor.of(editor) else { return -1 }
      return owner.readKey(into: key)
    }
    _ = nb_el_set_prompt(editor, { editor in LineEditor.of(editor)?.prompt.pointer }, PromptText.mark)
    _ = nb_history_set_size(lines, Int32(clamping: max(1, history.entries.count + 100_000)))
    _ = nb_el_set_history(editor, lines)
    for entry in history.entries { _ = nb_history_enter(lines, WideText.terminated(entry)) }
  }

  static func of(_ editor: OpaquePointer?) -> LineEditor? {
    guard let editor, let client = nb_el_client(editor) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(client).takeUnretainedValue()
  }
}
