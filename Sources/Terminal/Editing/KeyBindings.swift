import CLibedit

/// Which key does what, beyond libedit's own choice.
///
/// The names of the commands are those of editrc(5); `noticebook-*` are ours.
enum KeyBindings {
  static let complete = "noticebook-complete"
  static let completeBack = "noticebook-complete-back"
  static let interrupt = "noticebook-interrupt"
  static let enter = "noticebook-return"
  static let newLine = "noticebook-new-line"
  static let paste = "noticebook-paste"
  static let suspend = "noticebook-signal"
  static let clear = "noticebook-clear"
  static let up = "noticebook-up"
  static let down = "noticebook-down"
  static let older = "noticebook-older"
  static let newer = "noticebook-newer"
  static let search = "noticebook-search"
  static let back = "noticebook-back"
  static let forward = "noticebook-forward"
  static let forwardWord = "noticebook-forward-word"
  static let backWord = "noticebook-back-word"
  static let lineStart = "noticebook-line-start"
  static let lineEnd = "noticebook-line-end"
  static let erase = "noticebook-erase"
  static let delete = "noticebook-delete"
  static let deleteOrLeave = "noticebook-delete-or-leave"
  static let killEnd = "noticebook-kill-line-end"
  static let killStart = "noticebook-kill-line-start"
  static let killWord = "noticebook-kill-word"
  static let killPreviousWord = "noticebook-kill-previous-word"
  static let yank = "noticebook-yank"
  static let yankEarlier = "noticebook-yank-earlier"
  static let lastArgument = "noticebook-last-argument"
  static let undo = "noticebook-undo"
  static let redo = "noticebook-redo"
  static let edit = "noticebook-edit"
  static let viMotion = "noticebook-vi-motion"

  /// What terminals send behind Escape for a key, and the command for it. xterm, tmux and the Linux console, then rxvt.
  static let sequences: [(keys: [String], command: String)] = [
    (["[A", "OA"], up),
    (["[B", "OB"], down),
    (["[C", "OC"], forward),
    (["[D", "OD"], back),
    (["[H", "OH", "[1~", "[7~"], lineStart),
    (["[F", "OF", "[4~", "[8~"], lineEnd),
    (["[3~"], delete),
    (["[1;5C", "[1;3C", "[5C", "Oc"], forwardWord),
    (["[1;5D", "[1;3D", "[5D", "Od"], backWord),
    (["[5~"], older),
    (["[6~"], newer),
    (["[Z"], completeBack),
    (["\r", "\n"], newLine),
    (["."], lastArgument),
    (["[200~"], paste),
    (ignored, "ed-ignore"),
  ]

  /// Keys without a task, which would otherwise leave the end of their sequence in the line: Insert, the function keys,
  /// arrows with modifiers, focus in and out, and the mark at the end of a pasted text.
  private static let ignored: [String] = {
    var keys = ["[2~", "[I", "[O", "[201~", "[E", "OE", "[3;5~"]
    keys += ["OP", "OQ", "OR", "OS", "[[A", "[[B", "[[C", "[[D", "[[E"]
    keys += (11...34).map { "[\($0)~" }
    for modifier in [2, 3, 4, 5, 6, 7, 8] {
      keys += ["A", "B", "C", "D", "H", "F"].map { "[1;\(modifier)\($0)" }
    }
    let taken = ["[1;5C", "[1;3C", "[1;5D", "[1;3D"]
    return keys.filter { !taken.contains($0) }
  }()

  /// Keys whose meaning is the same while text is typed with emacs' and with vi's keys, each a control character.
  private static let controls: [(key: String, command: String)] = [
    ("^I", complete), ("^C", interrupt), ("^R", search), ("^W", killPreviousWord), ("^U", killStart), ("^L", clear),
    ("^M", enter), ("^J", enter), ("^Z", suspend), ("^\\", suspend), ("^H", erase), ("^?", erase),
    ("^D", deleteOrLeave), ("^_", undo), ("^P", up), ("^N", down), ("^Y", yank),
  ]

  private static let emacs: [(key: String, command: String)] = [
    ("^A", lineStart), ("^E", lineEnd), ("^F", forward), ("^B", back), ("^K", killEnd), ("^X^U", undo), ("^X^E", edit),
    ("\\eb", backWord), ("\\ef", forwardWord), ("\\ed", killWord), ("\\e^?", killPreviousWord),
    ("\\e^H", killPreviousWord), ("\\ey", yankEarlier), ("\\e/", redo), ("\\e<", "ed-move-to-beg"),
    ("\\e>", "ed-move-to-end"), ("\\ep", older), ("\\en", newer),
  ]

  /// The keys of vi's command mode.
  private static let viCommands: [(key: String, command: String)] = [
    ("^C", interrupt), ("^M", enter), ("^J", enter), ("^Z", suspend), ("^\\", suspend), ("^L", clear),
    ("^D", deleteOrLeave),
    ("k", up), ("j", down), ("^P", older), ("^N", newer), ("/", search), ("?", search), ("u", undo), ("v", edit),
    ("^R", redo),
    ("$", viMotion), ("0", viMotion), ("\\^", viMotion), ("D", viMotion), ("C", viMotion), ("A", viMotion),
    ("I", viMotion),
  ]

  /// Binds the keys for the editor that is in force.
  static func apply(to editor: OpaquePointer, isVi: Bool) {
    for (key, command) in controls { bind(key, command, in: editor) }
    if isVi {
      for (key, command) in viCommands { bindInCommandMode(key, command, in: editor) }
      for (index, entry) in sequences.enumerated() {
        bind(octal(viCode(index)), entry.command, in: editor)
        // Vi's commands suggest nothing.
        let command = entry.command == forward ? "ed-next-char" : entry.command
        bindInCommandMode(octal(viCode(index)), command, in: editor)
      }
    } else {
      for (key, command) in emacs { bind(key, command, in: editor) }
      for (keys, command) in sequences { for key in keys { bind("\\e" + written(key), command, in: editor) } }
    }
  }

  /// The character that stands for a key sequence in vi mode; nil when the sequence is unknown.
  ///
  /// There Escape alone is a command, so libedit cannot have keys that begin with it. The editor tells the two apart by
  /// time, and hands libedit one of the control characters from U+0080 on, which no keyboard sends, for a whole sequence.
  static func viCharacter(forSequence sequence: String) -> wchar_t? {
    guard let index = sequences.firstIndex(where: { $0.keys.contains(sequence) }) else { return nil }
    return wchar_t(viCode(index))
  }

  private static func viCode(_ index: Int) -> Int { 0x80 + index }

  private static func octal(_ code: Int) -> String { "\\" + String(code, radix: 8) }

  /// A sequence as editrc(5) writes it.
  private static func written(_ keys: String) -> String {
    keys.replacing("\r", with: "^M").replacing("\n", with: "^J")
  }

  private static func bind(_ key: String, _ command: String, in editor: OpaquePointer) {
    _ = nb_el_bind(editor, WideText.terminated(key), WideText.terminated(command))
  }

  private static func bindInCommandMode(_ key: String, _ command: String, in editor: OpaquePointer) {
    _ = nb_el_bind_alternative(editor, WideText.terminated(key), WideText.terminated(command))
  }
}
