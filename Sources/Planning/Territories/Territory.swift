/// A set of countries: where an order asks for something, and where a platform did it.
public struct Territory: Sendable, Equatable {
  /// The word for everywhere.
  public static let world = "WORLD"

  /// Two-letter codes; what is no country stands as it was written.
  public private(set) var countries: Set<String>
  /// Whether it is everywhere.
  public private(set) var isWorld: Bool

  /// The territory that codes, names and groups make: `["UK", "EFTA", "Turkey"]`. Groups have their members of `day`, in
  /// days since 1970-01-01, or those of today's list. `WORLD`, `GLOBAL` and `*` are everywhere.
  public init(_ words: some Sequence<String>, on day: Int? = nil) {
    countries = []
    isWorld = false
    for word in words {
      if ["world", "global", "worldwide", "everywhere", "*"].contains(word.lowercased()) {
        isWorld = true
      } else if let group = CountryGroup(named: word) {
        countries.formUnion(group.members(on: day))
      } else {
        countries.insert(Country.code(word) ?? word)
      }
    }
    if isWorld { countries = [] }
  }

  private init(_ countries: Set<String>, isWorld: Bool = false) {
    self.countries = isWorld ? [] : countries
    self.isWorld = isWorld
  }

  /// The codes in their order, or `WORLD` alone.
  public var words: [String] { isWorld ? [Territory.world] : countries.sorted() }

  /// The countries of either.
  public func union(_ other: Territory) -> Territory {
    Territory(countries.union(other.countries), isWorld: isWorld || other.isWorld)
  }

  /// The countries of both.
  public func intersection(_ other: Territory) -> Territory {
    if isWorld { return other }
    return other.isWorld ? self : Territory(countries.intersection(other.countries))
  }

  /// The countries that the other has not; nil where that is everywhere but some, which no list says.
  public func subtracting(_ other: Territory) -> Territory? {
    if other.isWorld { return Territory([]) }
    if isWorld { return other.countries.isEmpty ? self : nil }
    return Territory(countries.subtracting(other.countries))
  }

  /// Whether the other has all its countries.
  public func isSubset(of other: Territory) -> Bool {
    other.isWorld || (!isWorld && countries.isSubset(of: other.countries))
  }

  /// `global` for everywhere, `regional` for several countries, `local` for one; nil for none.
  public var scope: String? {
    if isWorld { return "global" }
    return countries.isEmpty ? nil : countries.count == 1 ? "local" : "regional"
  }
}
