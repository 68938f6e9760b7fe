import ColumnStore

extension FunctionRegistry {
  private static let toTerritory = [Signature([.territory, .territory], returns: .type(.textList))]
  private static let toTruth = [Signature([.territory, .territory], returns: .boolean)]

  /// Sets of countries are lists of ISO 3166-1 codes; the functions also take names, wrong codes such as UK, and EU, EEA, EFTA
  /// and WORLD.
  static let territoryFunctions: [FunctionEntry<ScalarFunction>] = [
    FunctionEntry(
      "country_code", does: .countryCode, "country_code(text)", [Signature([.text], returns: .text)],
      "the ISO 3166-1 alpha-2 code of a code or name, also of wrong ones such as UK; NULL for what is no country",
      "country_code('UK')", gives: "GB"),
    FunctionEntry(
      "country_name", does: .countryName, "country_name(text)", [Signature([.text], returns: .text)],
      "the English name of a country; NULL for what is none", "country_name('UK')", gives: "United Kingdom"),
    FunctionEntry(
      "members", does: .members, "members('EU'|'EEA'|'EFTA' [, date])",
      [
        Signature(
          [.oneOf(CountryGroup.allCases.map { $0.rawValue.lowercased() }), .date], optional: 1,
          returns: .type(.textList))
      ],
      "the countries of a group, on a day or now", "members('EFTA', date '2020-01-31')",
      gives: "[\"CH\",\"IS\",\"LI\",\"NO\"]"),
    FunctionEntry(
      "territory", does: .territory, "territory(list [, date])",
      [Signature([.territory, .date], optional: 1, returns: .type(.textList))],
      "the set of countries that a list of codes, names and groups is, in order; what is no country stays as it is",
      "territory(['UK', 'EFTA', 'UK'])", gives: "[\"CH\",\"GB\",\"IS\",\"LI\",\"NO\"]"),
    FunctionEntry(
      "territory_union", does: .territoryUnion, "territory_union(list, list)", toTerritory, "the countries of either",
      "territory_union(['DE'], ['UK', 'DE'])", gives: "[\"DE\",\"GB\"]"),
    FunctionEntry(
      "territory_intersection", does: .territoryIntersection, "territory_intersection(list, list)", toTerritory,
      "the countries of both", "territory_intersection(['EU'], ['FR', 'UK'])", gives: "[\"FR\"]"),
    FunctionEntry(
      "territory_difference", does: .territoryDifference, "territory_difference(list, list)", toTerritory,
      "the countries that the second list has not; NULL where that is everywhere but some",
      "territory_difference(['EEA'], ['EU'])", gives: "[\"IS\",\"LI\",\"NO\"]"),
    FunctionEntry(
      "is_subset", does: .isSubset, "is_subset(part, whole)", toTruth, "whether all countries of a list are in another",
      "is_subset(['DE', 'NO'], ['EEA'])", gives: "true"),
    FunctionEntry(
      "broader_than", does: .broaderThan, "broader_than(done, asked)", toTruth,
      "whether something was done in a country for which it was not asked", "broader_than(['DE', 'FR'], ['DE'])",
      gives: "true"),
    FunctionEntry(
      "scope_of", does: .scopeOf, "scope_of(list)", [Signature([.territory], returns: .text)],
      "global for WORLD, regional for several countries, local for one; NULL for none", "scope_of(['EU'])",
      gives: "regional"),
  ]
}

extension Signature.Parameter {
  /// A list of codes, names and groups.
  fileprivate static let territory = Self.type(.textList)
}
