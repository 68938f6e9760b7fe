import Language

/// Which rows of an input are kept by chance. The choice depends on the seed and the rows' places alone, so that it is the
/// same every time and on any number of threads.
public struct SamplePlan: Sendable, Hashable {
  /// How rows are chosen.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    /// Each row by itself.
    case bernoulli
    /// Runs of neighbouring rows, each as a whole: faster, and less by chance.
    case system
    /// As many rows as are asked for.
    case reservoir
  }

  /// How many rows.
  public enum Amount: Sendable, Hashable {
    /// A part of all, from 0 to 100.
    case percent(Double)
    /// So many.
    case rows(Int)
  }

  /// How rows are chosen.
  public var method: Method
  /// How many.
  public var amount: Amount
  /// What makes one choice differ from another.
  public var seed: Int64
  /// Whether the seed was given; else it is always the same one.
  public var isSeedGiven: Bool

  /// A sample.
  public init(method: Method, amount: Amount, seed: Int64, isSeedGiven: Bool) {
    self.method = method
    self.amount = amount
    self.seed = seed
    self.isSeedGiven = isSeedGiven
  }

  /// The seed of a sample that gives none.
  public static let usualSeed: Int64 = 1
}
