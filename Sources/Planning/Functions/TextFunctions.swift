extension FunctionRegistry {
  static let textFunctions: [FunctionEntry<ScalarFunction>] = [
    FunctionEntry(
      "lower", "lcase", does: .lower, "lower(text), lower(count)",
      [Signature([.text], returns: .text), Signature([.type(.count)], returns: .integer)],
      "the text in lower case; the least that a count can be, NULL where it has no lower bound", "lower('MeitY')",
      gives: "meity"),
    FunctionEntry(
      "upper", "ucase", does: .upper, "upper(text), upper(count)",
      [Signature([.text], returns: .text), Signature([.type(.count)], returns: .integer)],
      "the text in upper case; the most that a count can be, NULL where it has no upper bound", "upper('in')",
      gives: "IN"),
    FunctionEntry(
      "initcap", does: .capitalise, "initcap(text)", [Signature([.text], returns: .text)],
      "each word with a capital first letter", "initcap('visibility limited')", gives: "Visibility Limited"),
    FunctionEntry(
      "length", "len", "char_length", "character_length", does: .length, "length(text)",
      [Signature([.text], returns: .integer), Signature([.anyList], returns: .integer)],
      "the number of characters (code points), or of a list's items", "length('नोटिस')", gives: "5"),
    FunctionEntry(
      "trim", "btrim", does: .trim, "trim(text [, characters])",
      [Signature([.text, .text], optional: 1, returns: .text)],
      "the text without spaces, or the given characters, at both ends", "trim('  withheld ')", gives: "withheld"),
    FunctionEntry(
      "ltrim", does: .trimStart, "ltrim(text [, characters])",
      [Signature([.text, .text], optional: 1, returns: .text)],
      "the text without spaces, or the given characters, at its beginning", "ltrim('xxab', 'x')", gives: "ab"),
    FunctionEntry(
      "rtrim", does: .trimEnd, "rtrim(text [, characters])",
      [Signature([.text, .text], optional: 1, returns: .text)],
      "the text without spaces, or the given characters, at its end", "rtrim('4*', '*')", gives: "4"),
    FunctionEntry(
      "substring", "substr", does: .substring, "substring(text, from [, count])",
      [Signature([.text, .integer, .integer], optional: 1, returns: .text)],
      "the characters from a place on, counted from 1", "substring('2021-02-10', 6, 2)", gives: "02"),
    FunctionEntry(
      "left", does: .left, "left(text, count)", [Signature([.text, .integer], returns: .text)],
      "the first characters; a negative count leaves out the last ones", "left('withheld', 4)", gives: "with"),
    FunctionEntry(
      "right", does: .right, "right(text, count)", [Signature([.text, .integer], returns: .text)],
      "the last characters; a negative count leaves out the first ones", "right('2021-02', 2)", gives: "02"),
    FunctionEntry(
      "replace", does: .replace, "replace(text, old, new)", [Signature([.text, .text, .text], returns: .text)],
      "the text with every occurrence of old replaced by new", "replace('a-b-c', '-', ' ')", gives: "a b c"),
    FunctionEntry(
      "contains", does: .contains, "contains(text, part)", [Signature([.text, .text], returns: .boolean)],
      "whether the part occurs in the text", "contains('#ModiPlanning', 'Plan')", gives: "true"),
    FunctionEntry(
      "starts_with", "prefix", does: .startsWith, "starts_with(text, part)",
      [Signature([.text, .text], returns: .boolean)],
      "whether the text begins with the part", "starts_with('acc_17', 'acc_')", gives: "true"),
    FunctionEntry(
      "ends_with", "suffix", does: .endsWith, "ends_with(text, part)", [Signature([.text, .text], returns: .boolean)],
      "whether the text ends with the part", "ends_with('sor.csv', '.csv')", gives: "true"),
    FunctionEntry(
      "position", "strpos", "instr", does: .position, "position(part IN text)",
      [Signature([.text, .text], returns: .integer)],
      "where the part first occurs, counted from 1; 0 where it does not; as a function: strpos(text, part)",
      "strpos('notice', 'ice')", gives: "4"),
    FunctionEntry(
      "concat", does: .concat, "concat(value, ...)", [Signature([.any], variadic: true, returns: .text)],
      "the values' texts one after the other; NULL counts as nothing", "concat('IN', '-', 69)", gives: "IN-69"),
    FunctionEntry(
      "concat_ws", does: .concatWithSeparator, "concat_ws(separator, value, ...)",
      [Signature([.text, .any], variadic: true, returns: .text)],
      "the values' texts with a separator between them; NULL is left out", "concat_ws(', ', 'a', NULL, 'b')",
      gives: "a, b"),
    FunctionEntry(
      "repeat", does: .repeated, "repeat(text, count)", [Signature([.text, .integer], returns: .text)],
      "the text several times", "repeat('ab', 3)", gives: "ababab"),
    FunctionEntry(
      "reverse", does: .reverse, "reverse(text)", [Signature([.text], returns: .text)],
      "the characters in reverse order", "reverse('abc')", gives: "cba"),
    FunctionEntry(
      "lpad", does: .padLeft, "lpad(text, length [, fill])",
      [Signature([.text, .integer, .text], optional: 1, returns: .text)],
      "the text filled up at its beginning, or cut, to a length", "lpad('7', 3, '0')", gives: "007"),
    FunctionEntry(
      "rpad", does: .padRight, "rpad(text, length [, fill])",
      [Signature([.text, .integer, .text], optional: 1, returns: .text)],
      "the text filled up at its end, or cut, to a length", "rpad('7', 3, '.')", gives: "7.."),
    FunctionEntry(
      "split_part", does: .splitPart, "split_part(text, separator, n)",
      [Signature([.text, .text, .integer], returns: .text)],
      "the nth part between separators, counted from 1; negative from the end; empty where there is none",
      "split_part('January - June 2012', ' - ', 2)", gives: "June 2012"),
    FunctionEntry(
      "figure", does: .figure, "figure(text)", [Signature([.text], returns: .double)],
      "the number that a published text gives: 1,334 38% 1* 5 (3); NULL where it gives none",
      "figure('3,353 (2,440)')", gives: "3353"),
    FunctionEntry(
      "remark", does: .remark, "remark(text)", [Signature([.text], returns: .text)],
      "what stands behind a published number: a star, a bracket; NULL where nothing does",
      "remark('3,353 (2,440)')", gives: "(2,440)"),
  ]
}
