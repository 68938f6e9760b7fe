import Glibc

/// What the editor remembers of what stands on the screen.
struct Picture {
  /// What stands before the first line of a statement, and before the others.
  var prompt = ""
  var continuationPrompt = ""
  /// The line below a statement while its history is searched.
  var search: String?
  var painter = FramePainter()
  var plain = PlainPainter()
  /// The shape of the cursor that was asked for, as DEC's `DECSCUSR` numbers them; 0 for the terminal's own.
  var cursorShape = 0
  /// The first row of a statement that is higher than the window.
  var top = 0
}

extension LineEditor {
  /// How much of the window's height a list of candidates may take.
  private static let menuHeight = 10

  /// Shows the statement as it is now, with what may follow, and what is below it.
  func draw() {
    let now = edited
    guard canMove else {
      write(
        picture.plain.draw(
          now, prompt: prompt, continuationPrompt: picture.continuationPrompt,
          columns: TerminalScreen.current().size.width))
      return
    }
    followMenu(now)
    setCursorShape(isVi ? (memory.vi.isCommand ? 2 : 6) : 0)
    let size = TerminalScreen.current().size
    let isAsked = memory.menu == nil && picture.search == nil
    let hint = usesColour && isAsked && now.isAtEnd ? hinter?.hint(for: now.text) : nil
    var below: [[Frame.Cell]] = []
    if let search = picture.search {
      below = [Frame.cells(DisplayWidth.truncate(DisplayWidth.escaped(search), to: size.width))]
    } else if memory.menu != nil {
      let height = min(LineEditor.menuHeight, max(1, size.height / 2))
      below = memory.menu?.rows(width: size.width, height: height) ?? []
    }
    draw(now, hint: hint, below: below, size: size)
  }

  /// Shows the statement for the last time, with `mark` behind it, and goes to the row below.
  func drawEnd(mark: String = "") {
    var edited = self.edited
    edited.move(to: .max)
    guard canMove else {
      write(mark + "\r\n")
      return
    }
    memory.menu = nil
    picture.search = nil
    setCursorShape(0)
    let size = TerminalScreen.current().size
    // What was too high for the window passes through it whole, so that it can be scrolled back to.
    if frame(of: edited, hint: nil, width: size.width).rows.count > size.height {
      write(picture.painter.wipe(width: size.width, height: size.height))
      draw(edited, hint: nil, below: [], size: TerminalScreen.Size(width: size.width, height: .max / 2))
    } else {
      draw(edited, hint: nil, below: [], size: size)
    }
    write(mark + "\r\n")
    picture.painter.forget()
  }

  /// Draws the statement for a new size of the window, from the row where the terminal has put its beginning.
  func redrawForNewSize() {
    let size = TerminalScreen.current().size
    write(picture.painter.wipe(width: size.width, height: size.height))
    draw()
  }

  /// What stands before the first line.
  private var prompt: String {
    guard isVi, memory.vi.isCommand, let mark = picture.prompt.lastIndex(of: ">") else { return picture.prompt }
    return picture.prompt.replacingCharacters(at: mark, with: ":")
  }

  private func draw(_ edited: EditedText, hint: String?, below: [[Frame.Cell]], size: TerminalScreen.Size) {
    let frame = frame(of: edited, hint: hint, width: size.width)
    write(picture.painter.draw(frame.clipped(to: size.height, top: &picture.top, below: below)))
  }

  private func frame(of edited: EditedText, hint: String?, width: Int) -> Frame {
    var layout = StatementLayout()
    layout.prompt = prompt
    layout.continuationPrompt = picture.continuationPrompt
    layout.hint = hint
    if usesColour {
      layout.spans = highlighter?.spans(of: edited.text, cursor: edited.before.utf8.count) ?? []
    }
    return layout.frame(of: edited, width: width)
  }
}

extension String {
  /// The text with another character at one place.
  fileprivate func replacingCharacters(at index: Index, with character: Character) -> String {
    String(self[..<index]) + String(character) + self[self.index(after: index)...]
  }
}
