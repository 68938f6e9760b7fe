extension FunctionRegistry {
  static let likenessFunctions: [FunctionEntry<ScalarFunction>] = [
    FunctionEntry(
      "levenshtein", "edit_distance", does: .levenshtein, "levenshtein(text, text)",
      [Signature([.text, .text], returns: .integer)],
      "how many characters must be put in, taken out or changed (Levenshtein 1966)",
      "levenshtein('kitten', 'sitting')", gives: "3"),
    FunctionEntry(
      "damerau_levenshtein", does: .damerauLevenshtein, "damerau_levenshtein(text, text)",
      [Signature([.text, .text], returns: .integer)],
      "the same, where neighbours that change places count once (Damerau 1964)", "damerau_levenshtein('ca', 'abc')",
      gives: "2"),
    FunctionEntry(
      "hamming", "mismatches", does: .hamming, "hamming(text, text)", [Signature([.text, .text], returns: .integer)],
      "at how many places texts of one length differ; NULL for others", "hamming('duck', 'luck')", gives: "1"),
    FunctionEntry(
      "jaccard", does: .jaccard, "jaccard(text, text)", [Signature([.text, .text], returns: .double)],
      "the part of all different characters that both texts have; NULL for two empty ones",
      "jaccard('duck', 'luck')", gives: "0.6"),
    FunctionEntry(
      "jaro_similarity", does: .jaro, "jaro_similarity(text, text)", [Signature([.text, .text], returns: .double)],
      "how alike texts are, 0 to 1 (Jaro 1989)", "round(jaro_similarity('martha', 'marhta'), 4)", gives: "0.9444"),
    FunctionEntry(
      "jaro_winkler_similarity", "jaro_winkler", does: .jaroWinkler, "jaro_winkler_similarity(text, text)",
      [Signature([.text, .text], returns: .double)],
      "the same, nearer to 1 where the first characters agree (Winkler 1990)",
      "round(jaro_winkler_similarity('martha', 'marhta'), 4)", gives: "0.9611"),
    FunctionEntry(
      "soundex", does: .soundex, "soundex(text)", [Signature([.text], returns: .text)],
      "a code for how an English name sounds (Russell 1918)", "soundex('Robert')", gives: "R163"),
  ]
}
