/// How names and texts are written in the language, whatever they hold.
public enum Quoting {
  /// A name in quotes: `"odd name"`, a quote in it doubled.
  public static func name(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }

  /// A name as it has to be written: in quotes only where it is no plain word.
  public static func nameWhereNeeded(_ name: String) -> String {
    let isWord = name.first.map { $0.isLetter || $0 == "_" } ?? false
    let isPlain = isWord && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    return isPlain && !GrammarCatalog.reservedWords.contains(name.lowercased()) ? name : self.name(name)
  }

  /// A text in quotes: `'it''s'`, a quote in it doubled.
  public static func text(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }

  /// The name that is written as `"..."`, in backticks or bare.
  public static func name(written: String) -> String {
    guard let first = written.first, first == "\"" || first == "`", written.count > 1, written.last == first else {
      return written
    }
    return String(written.dropFirst().dropLast()).replacing("\(first)\(first)", with: "\(first)")
  }
}
