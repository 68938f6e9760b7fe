import CLibedit
import Glibc

/// The user's settings for libedit programs: `$EDITRC`, else `~/.editrc`; see editrc(5).
struct EditrcFile {
  /// Where the file is.
  let path: String

  /// The file of this user; nil when there is none.
  static func find() -> EditrcFile? {
    // libedit looks by itself only where the C library has issetugid(2), which glibc has not.
    let path = Environment.value("EDITRC") ?? Environment.value("HOME").map { $0 + "/.editrc" }
    guard let path, !path.isEmpty, access(path, R_OK) == 0 else { return nil }
    return EditrcFile(path: path)
  }

  /// Lets libedit do what the file says.
  func apply(to editor: OpaquePointer) { _ = el_source(editor, path) }

  /// Binds the user's own keys once more, so that they go before those that were bound since the first time. What takes
  /// back all keys (`bind -v`, `-e`, `-r`) or lists them (`-l`) is not done again.
  func applyKeys(to editor: OpaquePointer) {
    guard let tokenizer = tok_winit(nil) else { return }
    defer { tok_wend(tokenizer) }
    for line in lines() where !line.isEmpty && !line.hasPrefix("#") {
      var count: Int32 = 0
      var words: UnsafeMutablePointer<UnsafePointer<wchar_t>?>?
      tok_wreset(tokenizer)
      guard tok_wstr(tokenizer, WideText.terminated(line), &count, &words) == 0, count > 1, let words else { continue }
      if ["-v", "-e", "-r", "-l"].contains(word(words[1])) { continue }
      guard let command = word(words[0]), command == "bind" || command.hasSuffix(":bind") else { continue }
      _ = el_wparse(editor, count, words)
    }
  }

  private func word(_ wide: UnsafePointer<wchar_t>?) -> String? {
    guard let wide else { return nil }
    return WideText.string(from: wide, to: wide + wcslen(wide))
  }

  private func lines() -> [String] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    let text = String(decoding: Descriptor.readTail(of: descriptor, limit: 1 << 20) ?? [], as: UTF8.self)
    return text.split(separator: "\n").map { String($0.drop(while: \.isWhitespace)) }
  }
}
