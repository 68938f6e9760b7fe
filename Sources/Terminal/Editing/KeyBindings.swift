import CLibedit

/// Which key does what, beyond libedit's own choice.
///
/// The names of the commands are those of editrc(5); `noticebook-*` are ours.
enum KeyBindings {
  /// The command of the completion key.
  static let complete = "noticebook-complete"
  /// The command of Ctrl-C, for terminals that send it as a character.
  static let interrupt = "noticebook-interrupt"

  /// The command of the right arrow while text is typed: takes what is suggested.
  static let forward = "noticebook-forward"

  /// What terminals send behind Escape for a key, and the command for it. xterm, tmux and the Linux console, then rxvt.
  static let sequences: [(keys: [String], command: String)] = [
    (["[A", "OA"], "ed-prev-history"),
    (["[B", "OB"], "ed-next-history"),
    (["[C", "OC"], forward),
    (["[D", "OD"], "ed-prev-char"),
    (["[H", "OH", "[1~", "[7~"], "ed-move-to-beg"),
    (["[F", "OF", "[4~", "[8~"], "ed-move-to-end"),
    (["[3~"], "ed-delete-next-char"),
    (["[1;5C", "[1;3C", "[5C", "Oc"], "em-next-word"),
    (["[1;5D", "[1;3D", "[5D", "Od"], "ed-prev-word"),
    (["[5~"], "ed-search-prev-history"),
    (["[6~"], "ed-search-next-history"),
    (ignored, "ed-ignore"),
  ]

  /// Keys without a task, which would otherwise leave the end of their sequence in the line: Insert, Shift-Tab, the
  /// function keys, arrows with modifiers, focus in and out, and the marks around a pasted text.
  private static let ignored: [String] = {
    var keys = ["[2~", "[Z", "[I", "[O", "[200~", "[201~", "[E", "OE", "[3;5~"]
    keys += ["OP", "OQ", "OR", "OS", "[[A", "[[B", "[[C", "[[D", "[[E"]
    keys += (11...34).map { "[\($0)~" }
    for modifier in [2, 3, 4, 5, 6, 7, 8] {
      keys += ["A", "B", "C", "D", "H", "F"].map { "[1;\(modifier)\($0)" }
    }
    let taken = ["[1;5C", "[1;3C", "[1;5D", "[1;3D"]
    return keys.filter { !taken.contains($0) }
  }()

  /// Sequences whose meaning is the same in emacs and vi mode, bound where a key is one control character.
  private static let controls: [(key: String, command: String)] = [
    ("^I", complete), ("^C", interrupt), ("^R", "em-inc-search-prev"), ("^W", "ed-delete-prev-word"),
    ("^U", "vi-kill-line-prev"), ("^L", "ed-clear-screen"),
  ]

  private static let emacs: [(key: String, command: String)] = [
    ("^F", forward), ("^_", "vi-undo"), ("\\eb", "ed-prev-word"), ("\\ef", "em-next-word"),
    ("\\e^?", "ed-delete-prev-word"),
  ]

  /// Binds the keys for the editor that is in force.
  static func apply(to editor: OpaquePointer, isVi: Bool) {
    for (key, command) in controls {
      bind(key, command, in: editor)
      if isVi, command == interrupt { bindInCommandMode(key, command, in: editor) }
    }
    if isVi {
      for (index, entry) in sequences.enumerated() {
        bind(octal(viCode(index)), entry.command, in: editor)
        // Vi's commands suggest nothing.
        let command = entry.command == forward ? "ed-next-char" : entry.command
        bindInCommandMode(octal(viCode(index)), command, in: editor)
      }
    } else {
      for (key, command) in emacs { bind(key, command, in: editor) }
      for (keys, command) in sequences { for key in keys { bind("\\e" + key, command, in: editor) } }
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

  private static func bind(_ key: String, _ command: String, in editor: OpaquePointer) {
    _ = nb_el_bind(editor, WideText.terminated(key), WideText.terminated(command))
  }

  private static func bindInCommandMode(_ key: String, _ command: String, in editor: OpaquePointer) {
    _ = nb_el_bind_alternative(editor, WideText.terminated(key), WideText.terminated(command))
  }
}
