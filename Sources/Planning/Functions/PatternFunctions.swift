extension FunctionRegistry {
  /// Regular expressions, in RE2's syntax (https://github.com/google/re2/wiki/Syntax).
  static let patternFunctions: [FunctionEntry<ScalarFunction>] = [
    FunctionEntry(
      "regexp_matches", "regexp_like", "regexp_contains", "rlike", does: .regexMatches,
      "regexp_matches(text, pattern [, flags])",
      [Signature([.text, .pattern, .patternFlags], optional: 1, returns: .boolean)],
      "whether a regular expression matches somewhere; also text ~ pattern; flag i ignores case: text ~* pattern",
      "regexp_matches('acc_17', '^acc_[0-9]+$')", gives: "true"),
    FunctionEntry(
      "regexp_full_match", "regexp_fullmatch", does: .regexFullMatch, "regexp_full_match(text, pattern [, flags])",
      [Signature([.text, .pattern, .patternFlags], optional: 1, returns: .boolean)],
      "whether a regular expression matches the whole text", "regexp_full_match('acc_17', '[0-9]+')", gives: "false"),
    FunctionEntry(
      "regexp_extract", does: .regexExtract, "regexp_extract(text, pattern [, group [, flags]])",
      [Signature([.text, .pattern, .patternGroup, .patternFlags], optional: 2, returns: .text)],
      "the first match, or a group in brackets of it; NULL where there is none",
      "regexp_extract('order 69A of 2021', '(\\d+)A', 1)", gives: "69"),
    FunctionEntry(
      "regexp_substr", does: .regexSubstring, "regexp_substr(text, pattern [, from [, n [, flags [, group]]]])",
      [
        Signature([.text, .pattern, .integer, .integer, .patternFlags, .patternGroup], optional: 4, returns: .text)
      ], "the nth match from a place on, or a group of it; NULL where there is none",
      "regexp_substr('a1 b22 c333', '[0-9]+', 1, 2)", gives: "22"),
    FunctionEntry(
      "regexp_extract_all", does: .regexExtractAll, "regexp_extract_all(text, pattern [, group [, flags]])",
      [Signature([.text, .pattern, .patternGroup, .patternFlags], optional: 2, returns: .type(.textList))],
      "all matches as a list, or a group in brackets of each",
      "regexp_extract_all('69A, 79(3)', '[0-9]+')", gives: "[\"69\",\"79\",\"3\"]"),
    FunctionEntry(
      "regexp_match", does: .regexGroups, "regexp_match(text, pattern [, flags])",
      [Signature([.text, .pattern, .patternFlags], optional: 1, returns: .type(.textList))],
      "the groups in brackets of the first match as a list, or without any the match; NULL where there is none",
      "regexp_match('order 69A', '(\\d+)([A-Z])')", gives: "[\"69\",\"A\"]"),
    FunctionEntry(
      "regexp_replace", does: .regexReplace, "regexp_replace(text, pattern, new [, flags])",
      [
        Signature([.text, .pattern, .text, .patternFlags], optional: 1, returns: .text),
        Signature([.text, .pattern, .text, .integer, .integer, .patternFlags], optional: 2, returns: .text),
      ],
      "the text with the first match replaced, with flag g all; \\1 in new is a group; also (..., from, n [, flags])",
      "regexp_replace('+91 98-76', '[^0-9]', '', 'g')", gives: "919876"),
    FunctionEntry(
      "regexp_count", does: .regexCount, "regexp_count(text, pattern [, from [, flags]])",
      [Signature([.text, .pattern, .integer, .patternFlags], optional: 2, returns: .integer)],
      "how many matches there are, from a place on", "regexp_count('a#b#c', '#')", gives: "2"),
    FunctionEntry(
      "regexp_instr", does: .regexPosition,
      "regexp_instr(text, pattern [, from [, n [, end [, flags [, group]]]]])",
      [
        Signature(
          [.text, .pattern, .integer, .integer, .integer, .patternFlags, .patternGroup], optional: 5,
          returns: .integer)
      ], "where the nth match begins, or with end = 1 what follows it; 0 where there is none",
      "regexp_instr('order 69A', '[0-9]')", gives: "7"),
    FunctionEntry(
      "regexp_split_to_array", "regexp_split_to_list", "regexp_split", "string_split_regex", "str_split_regex",
      does: .regexSplit, "regexp_split_to_array(text, pattern [, flags])",
      [Signature([.text, .pattern, .patternFlags], optional: 1, returns: .type(.textList))],
      "the parts between matches as a list", "regexp_split_to_array('AT; DE,IN', '[,;] *')",
      gives: "[\"AT\",\"DE\",\"IN\"]"),
    FunctionEntry(
      "regexp_escape", does: .regexEscape, "regexp_escape(text)", [Signature([.text], returns: .text)],
      "a pattern that matches the text as it stands", "regexp_escape('a.b')", gives: "a\\.b"),
  ]
}
