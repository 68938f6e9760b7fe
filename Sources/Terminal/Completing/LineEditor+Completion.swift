import CLibedit

extension LineEditor {
  /// The command of the completion key: puts in what all candidates agree on, and lists them where that is not all;
  /// pressed once more it chooses one after the other.
  func complete(by step: Int) -> UInt8 {
    if stepInMenu(by: step) { return UInt8(CC_REFRESH) }
    let before = edited
    let found = candidates(for: before)
    guard !found.isEmpty, canMove else { return refuse() }
    guard let edit = CompletionEdit(candidates: found, text: before.text) else {
      guard found.count > 1 else { return refuse() }
      memory.menu = CompletionMenu(found, base: before)
      return UInt8(CC_REFRESH)
    }
    guard let after = before.replacing(edit.range, with: edit.replacement) else { return refuse() }
    put(after)
    if !edit.isFinal { memory.menu = CompletionMenu(candidates(for: after), base: after) }
    return UInt8(CC_REFRESH)
  }

  private func candidates(for edited: EditedText) -> [CompletionCandidate] {
    let text = edited.text
    return CompletionEdit.usable(completer?.candidates(in: text, at: edited.before.utf8.count) ?? [], in: text)
  }

  /// Keeps the list to what is typed while it is there, and takes it away once that is another word.
  func followMenu(_ now: EditedText) {
    guard let menu = memory.menu, menu.shown != now else { return }
    memory.menu = nil
    guard now.before.utf8.count > menu.start else { return }
    let found = candidates(for: now)
    guard found.count > 1, found[0].range.lowerBound == menu.start else { return }
    memory.menu = CompletionMenu(found, base: now)
  }

  /// Chooses another candidate; false where no list is shown.
  func stepInMenu(by count: Int) -> Bool { changeMenu { $0.step(by: count) } }

  /// Chooses a candidate in the column beside; false where none is chosen.
  func stepAsideInMenu(by columns: Int) -> Bool {
    guard memory.menu?.choice != nil else { return false }
    return changeMenu { $0.stepAside(by: columns) }
  }

  private func changeMenu(_ body: (inout CompletionMenu) -> Void) -> Bool {
    guard var menu = memory.menu, menu.shown == edited else { return false }
    body(&menu)
    memory.menu = menu
    put(menu.shown)
    return true
  }

  /// Takes the list away, and the choice with it; false where there is none.
  func closeMenu() -> Bool {
    guard let menu = memory.menu, menu.shown == edited else { return false }
    memory.menu = nil
    put(menu.base)
    return true
  }
}
