import Glibc

/// Writes the elements of an SVG document. What is given as text is escaped.
struct SVGWriter {
  private(set) var text = ""
  private var open: [String] = []

  /// Begins an element.
  mutating func begin(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) {
    text += indent + "<\(name)\(written(attributes))>\n"
    open.append(name)
  }

  /// Ends the last element that was begun.
  mutating func end() {
    guard let name = open.popLast() else { return }
    text += indent + "</\(name)>\n"
  }

  /// An element with a text in it, or with nothing.
  mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: String = "") {
    let start = indent + "<\(name)\(written(attributes))"
    text += content.isEmpty ? start + "/>\n" : start + ">\(SVGWriter.escaped(content))</\(name)>\n"
  }

  /// Text that is part of the document as it stands, such as a style sheet of ours.
  mutating func raw(_ content: String) { text += content }

  private var indent: String { String(repeating: " ", count: open.count) }

  private func written(_ attributes: KeyValuePairs<String, String>) -> String {
    attributes.map { " \($0.key)=\"\(SVGWriter.escaped($0.value))\"" }.joined()
  }

  /// The text as XML has it (W3C, "Extensible Markup Language 1.0", 2.4).
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }

  /// A length in pixels, to a hundredth.
  static func number(_ value: Double) -> String {
    let hundredths = (value * 100).rounded()
    guard hundredths.isFinite, hundredths.magnitude < 1e12 else { return "0" }
    let whole = Int64(hundredths)
    if whole % 100 == 0 { return String(whole / 100) }
    let digits = String(whole.magnitude % 100)
    let decimals = digits.count == 1 ? "0" + digits : digits.last == "0" ? String(digits.dropLast()) : digits
    return "\(whole < 0 ? "-" : "")\(whole.magnitude / 100).\(decimals)"
  }
}
