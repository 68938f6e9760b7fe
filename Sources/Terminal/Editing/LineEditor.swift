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
/// libedit knows the keys and edits the text, a whole statement with its line ends. It draws into nothing: what is seen
/// is drawn here, from the text, whenever a key is waited for; so colours, suggestions, menus and several lines are one
/// picture (``StatementLayout``), of which the changes are written (``FramePainter``). libedit is not told when the window
/// changes its size: what it believes to have drawn would no longer fit into its buffers.
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
  /// Whether statements and suggestions have colours.
  public var usesColour: Bool

  /// What the terminal has said of its ground; nil when it has not.
  public internal(set) var ground: Ground?
  /// How the terminal takes pictures; nil when it has not said that it does.
  public internal(set) var pictures: PictureProtocol?

  let editor: OpaquePointer
  let lines: OpaquePointer
  /// Where libedit draws.
  let nowhere: UnsafeMutablePointer<FILE>
  let output: UnsafeMutablePointer<FILE>
  let isVi: Bool
  /// Whether the cursor can be moved to other rows.
  let canMove: Bool
  let wakeUp: Int32

  var keys = KeyReader()
  var picture = Picture()
  var memory = EditingMemory()
  /// What is put into the next statement before it is edited.
  var nextText = ""
  /// The title that the window was given.
  var title: String?

  /// Takes over the terminal on standard input and output; nil when there is none.
  ///
  /// Reads the user's editrc(5) file, installs the handlers of ``Interruption``, and sets the C library's character
  /// encoding to UTF-8.
  public init?(
    history: any HistoryStore, completer: (any Completer)? = nil, validator: (any Validator)? = nil,
    programName: String = "noticebook", usesColour: Bool = false
  ) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 || isatty(STDERR_FILENO) == 1 else { return nil }
    let descriptor = isatty(STDOUT_FILENO) == 1 ? STDOUT_FILENO : STDERR_FILENO
    guard let input = nb_stdin(), let error = nb_stderr(), let nowhere = fopen("/dev/null", "we"),
      let output = descriptor == STDOUT_FILENO ? nb_stdout() : error
    else { return nil }
    EditingLocale.useUTF8()
    guard let lines = history_winit() else { return nil }
    guard let editor = el_init_fd(programName, input, nowhere, error, STDIN_FILENO, descriptor, STDERR_FILENO) else {
      history_wend(lines)
      fclose(nowhere)
      return nil
    }
    TerminalSignals.install()
    self.history = history
    self.completer = completer
    self.validator = validator
    self.usesColour = usesColour
    self.editor = editor
    self.lines = lines
    self.nowhere = nowhere
    self.output = output
    canMove = !["", "dumb"].contains(Environment.value("TERM") ?? "")
    wakeUp = WakeUp.open()
    isVi = LineEditor.chooseKeys(of: editor)
    connect()
  }

  deinit {
    el_end(editor)
    history_wend(lines)
    fclose(nowhere)
  }

  /// Functions, keys, and the user's own wishes, which come first: they also say which keys there are.
  private static func chooseKeys(of editor: OpaquePointer) -> Bool {
    _ = nb_el_set_editor(editor, WideText.terminated("emacs"))
    for command in commands { add(command.name, command.help, command.function, to: editor) }
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
    // Ctrl-C and Ctrl-Z come as keys, in their turn; a signal would throw away what was typed before.
    _ = nb_el_set_terminal_mode(editor, WideText.terminated("-isig"))
    _ = nb_el_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
    _ = nb_el_set_reader(editor) { editor, key in
      guard let key, let owner = LineEditor.of(editor) else { return -1 }
      return owner.readKey(into: key)
    }
    _ = nb_history_set_size(lines, Int32(clamping: max(1, history.entries.count + 100_000)))
    _ = nb_el_set_history(editor, lines)
    for entry in history.entries { _ = nb_history_enter(lines, WideText.terminated(entry)) }
  }

  static func of(_ editor: OpaquePointer?) -> LineEditor? {
    guard let editor, let client = nb_el_client(editor) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(client).takeUnretainedValue()
  }
}
