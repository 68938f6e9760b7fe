import CLibedit

/// A prompt as libedit wants it: escape sequences, which take no room, between two marks.
struct PromptText {
  /// The mark around what takes no room; see `EL_PROMPT_ESC` in editline(3).
  static let mark: wchar_t = 1

  /// What the person sees, without escape sequences.
  let visible: String
  private let wide: UnsafeMutableBufferPointer<wchar_t>

  /// The C string that libedit reads whenever it draws the line. Valid as long as ``free()`` was not called.
  var pointer: UnsafeMutablePointer<wchar_t>? { wide.baseAddress }

  /// A prompt of plain text and SGR sequences such as those of ``Style``. It should not end in a sequence: libedit drops
  /// one that nothing follows.
  init(_ text: String) {
    var marked = ""
    var visible = ""
    let mark = Character(Unicode.Scalar(UInt8(PromptText.mark)))
    var rest = Substring(text)
    while let character = rest.first {
      if character == "\u{1B}", let end = rest.firstIndex(where: { $0.isLetter }) {
        marked += [mark] + rest[...end] + [mark]
        rest = rest[end...].dropFirst()
      } else {
        marked.append(character)
        visible.append(character)
        rest.removeFirst()
      }
    }
    self.visible = visible
    let characters = WideText.terminated(marked)
    wide = .allocate(capacity: characters.count)
    _ = wide.initialize(from: characters)
  }

  /// Gives the C string back.
  func free() { wide.deallocate() }
}
