/// SplitMix64 (G. Steele, D. Lea and C. Flood, 2014), so that every run tries the same things.
public struct FixedGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// A generator whose numbers follow from a seed.
  public init(seed: UInt64) { state = seed }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number below a bound.
  public mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  /// True once in so many times on average.
  public mutating func oneIn(_ count: Int) -> Bool { below(count) == 0 }

  /// One of several things.
  public mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }
}
