import Execution

/// A picture as a terminal takes it.
enum TerminalPicture {
  /// The bytes that show a PNG picture; nil where what is needed to make them is not installed.
  static func bytes(of png: [UInt8], for pictures: NotebookHost.Pictures) -> [UInt8]? {
    switch pictures {
    case .kitty: Array(kitty(png).utf8)
    case .sixel: (try? PictureConversion.run(["img2sixel"], png)).map { $0 + Array("\n".utf8) }
    }
  }

  /// Kitty's graphics protocol: the file in base64, at most 4096 characters at a time.
  private static func kitty(_ png: [UInt8]) -> String {
    let text = Array(Base64.encoded(png).utf8)
    var result = ""
    for start in stride(from: 0, to: max(1, text.count), by: 4096) {
      let end = min(start + 4096, text.count)
      let keys = start == 0 ? "a=T,f=100,q=2," : ""
      result +=
        "\u{1B}_G\(keys)m=\(end < text.count ? 1 : 0);\(String(decoding: text[start..<end], as: UTF8.self))\u{1B}\\"
    }
    return result + "\n"
  }
}
