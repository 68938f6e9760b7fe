/// The words for what platforms do, in which all sources are counted: the most severe first.
///
/// Where one action carries several restrictions, `action` is the first of them in this order (exclusive counting, which
/// adds up to the number of actions), and `restrictions` lists all (multi-label counting, which does not).
public enum ActionVocabulary {
  /// One word and what it means.
  public struct Word: Sendable, Hashable {
    /// The word, as it stands in `action`.
    public let name: String
    /// What was done, in one line.
    public let meaning: String
  }

  /// All words, the most severe first.
  public static let words: [Word] = [
    Word(name: "suspended", meaning: "the account is closed everywhere, for a time or for good: see `duration`"),
    Word(name: "removed", meaning: "the content is gone for everybody whom the source speaks of"),
    Word(
      name: "removed_or_withheld",
      meaning: "the content is gone, but the source does not say whether everywhere or in some countries only"),
    Word(name: "withheld", meaning: "account or content cannot be seen in some countries: see `territory`"),
    Word(
      name: "service_restricted", meaning: "a service was stopped for somebody, in part or whole; the account stays"),
    Word(name: "demonetised", meaning: "payments or advertising are stopped, ended or otherwise restricted"),
    Word(
      name: "limited", meaning: "visibility limited: demoted, restricted by age, or nobody can interact with it"),
    Word(name: "labelled", meaning: "shown with a label or warning"),
    Word(name: "other", meaning: "something was done, but the source does not say what"),
    Word(name: "restored", meaning: "an earlier restriction was taken back: reinstated"),
    Word(name: "none", meaning: "nothing was done"),
    Word(name: "pending", meaning: "not decided yet"),
  ]

  /// The names of all words, the most severe first.
  public static let names: [String] = words.map(\.name)

  /// Whether a text is a word of the vocabulary.
  public static func contains(_ name: String) -> Bool { names.contains(name) }
}
