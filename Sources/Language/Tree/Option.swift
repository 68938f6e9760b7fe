/// One option of `load`, `save` or a file in `from`: a name and what follows it up to the comma.
///
/// `(delimiter ';', header off, types (id text, "my col" date), null ('-', 'NA'))` is four options. Whoever reads
/// the file checks the names and values.
public struct Option: Sendable, Hashable {
  /// The name.
  public let name: Identifier
  /// The values that follow; empty for a name alone.
  public let values: [OptionValue]
  /// Where it stands, values included.
  public let span: SourceSpan
}

/// A value of an option.
public struct OptionValue: Sendable, Hashable {
  /// The kinds of values.
  public indirect enum Kind: Sendable, Hashable {
    /// A word such as `off`.
    case word(String)
    /// A name in `"..."` or backticks.
    case quotedName(String)
    /// A text in `'...'`.
    case string(String)
    /// A number as it was written, without `_` separators, with its minus sign.
    case number(String)
    /// `$name`, without the `$`
    case parameter(String)
    /// `( ... )`: items parted by commas, each a run of values. `(id text, "my col" date)` is
    /// `[[word id, word text], [quotedName my col, word date]]`.
    case list([[OptionValue]])
  }
  /// What it is.
  public let kind: Kind
  /// Where it stands.
  public let span: SourceSpan

  /// The text of a word, name, string or number.
  public var text: String? {
    switch kind {
    case .word(let text), .quotedName(let text), .string(let text), .number(let text): return text
    case .parameter, .list: return nil
    }
  }
}
