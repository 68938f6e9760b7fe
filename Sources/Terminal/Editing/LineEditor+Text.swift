import CLibedit
import Glibc

/// What the editor remembers of a statement, and from one to the next, to go back to it.
struct EditingMemory {
  var undo = UndoHistory()
  var kills = KillRing()
  var walk: HistoryWalk?
  var lastArgument = LastArgument()
  var menu: CompletionMenu?
  var vi = ViMode()

  /// Begins a statement.
  mutating func begin(with edited: EditedText) {
    undo = UndoHistory(edited)
    walk = nil
    lastArgument = LastArgument()
    menu = nil
    vi = ViMode()
  }
}

extension LineEditor {
  /// The statement as libedit has it.
  var edited: EditedText {
    guard let line = el_wline(editor)?.pointee, let start = line.buffer, let end = line.lastchar,
      let cursor = line.cursor
    else { return EditedText("") }
    let scalars = UnsafeBufferPointer(start: start, count: max(0, end - start)).map {
      Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{FFFD}"
    }
    return EditedText(scalars: scalars, cursor: cursor - start)
  }

  /// Gives libedit another statement.
  func put(_ edited: EditedText) {
    let now = self.edited
    var cursor = now.cursor
    if edited.scalars != now.scalars {
      if edited.scalars.isEmpty {
        _ = el_cursor(editor, Int32(clamping: now.scalars.count))
        el_deletestr(editor, Int32(clamping: now.scalars.count))
        cursor = 0
      } else {
        guard el_wreplacestr(editor, WideText.terminated(edited.text)) == 0 else { return }
        cursor = min(cursor, edited.scalars.count)
      }
    }
    _ = el_cursor(editor, Int32(clamping: edited.cursor - cursor))
  }

  /// A command that changes the statement, or rings the bell where it cannot.
  func change(_ body: (inout EditedText) -> Bool) -> UInt8 {
    var edited = self.edited
    guard body(&edited) else { return refuse() }
    put(edited)
    return UInt8(CC_REFRESH)
  }

  /// A command that moves the cursor to a place, or rings the bell where it is there already.
  func move(to place: (EditedText) -> Int) -> UInt8 {
    change { edited in
      let before = edited.cursor
      edited.move(to: place(edited))
      return edited.cursor != before
    }
  }

  /// Rings the bell: libedit's own goes nowhere.
  func refuse() -> UInt8 {
    write("\u{7}")
    return UInt8(CC_NORM)
  }

  func write(_ text: String) {
    guard !text.isEmpty else { return }
    fputs(text, output)
    fflush(output)
  }
}
