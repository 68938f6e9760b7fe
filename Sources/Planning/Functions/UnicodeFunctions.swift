extension FunctionRegistry {
  static let unicodeFunctions: [FunctionEntry<ScalarFunction>] = [
    FunctionEntry(
      "normalize", "nfc_normalize", does: .normalise, "normalize(text [, form])",
      [Signature([.text, .oneOf(["nfc", "nfd", "nfkc", "nfkd"])], optional: 1, returns: .text)],
      "one spelling of what looks the same: Unicode's form NFC, NFD, NFKC or NFKD", "normalize('ﬁn', 'NFKC')",
      gives: "fin"),
    FunctionEntry(
      "strip_accents", "unaccent", does: .stripAccents, "strip_accents(text)", [Signature([.text], returns: .text)],
      "the text without diacritics; vowel signs of Indic scripts stay", "strip_accents('Crème Brûlée')",
      gives: "Creme Brulee"),
    FunctionEntry(
      "casefold", does: .caseFold, "casefold(text)", [Signature([.text], returns: .text)],
      "the text for comparisons that ignore case (Unicode's full case folding)", "casefold('Straße')",
      gives: "strasse"),
    FunctionEntry(
      "ascii", "unicode", "ord", does: .codePoint, "ascii(text)", [Signature([.text], returns: .integer)],
      "the code point of the first character; 0 for an empty text", "ascii('Ω')", gives: "937"),
    FunctionEntry(
      "chr", "char", does: .character, "chr(number)", [Signature([.integer], returns: .text)],
      "the character of a code point; NULL where there is none", "chr(8364)", gives: "€"),
    FunctionEntry(
      "octet_length", "byte_length", "strlen", does: .byteLength, "octet_length(text)",
      [Signature([.text], returns: .integer)], "the number of bytes in UTF-8", "octet_length('für')", gives: "4"),
    FunctionEntry(
      "bit_length", does: .bitLength, "bit_length(text)", [Signature([.text], returns: .integer)],
      "the number of bits in UTF-8", "bit_length('ü')", gives: "16"),
    FunctionEntry(
      "length_grapheme", does: .graphemeLength, "length_grapheme(text)", [Signature([.text], returns: .integer)],
      "the number of characters as people see them (grapheme clusters)", "length_grapheme('नोटिस')", gives: "3"),
    FunctionEntry(
      "left_grapheme", does: .leftGraphemes, "left_grapheme(text, count)",
      [Signature([.text, .integer], returns: .text)],
      "the first characters as people see them; a negative count leaves out the last ones",
      "left_grapheme('नोटिस', 2)", gives: "नोटि"),
    FunctionEntry(
      "right_grapheme", does: .rightGraphemes, "right_grapheme(text, count)",
      [Signature([.text, .integer], returns: .text)],
      "the last characters as people see them; a negative count leaves out the first ones",
      "right_grapheme('नोटिस', 2)", gives: "टिस"),
    FunctionEntry(
      "translate", does: .translate, "translate(text, from, to)", [Signature([.text, .text, .text], returns: .text)],
      "each character of from replaced by the one at its place in to, or left out", "translate('12345', '143', 'ax')",
      gives: "a2x5"),
    FunctionEntry(
      "overlay", does: .overlay, "overlay(text, new, from [, count])",
      [Signature([.text, .text, .integer, .integer], optional: 1, returns: .text)],
      "the text with the characters from a place on replaced", "overlay('Txxxxas', 'hom', 2, 4)", gives: "Thomas"),
    FunctionEntry(
      "format", "printf", does: .format, "format(template, value, ...)",
      [Signature([.template, .any], optional: 1, variadic: true, returns: .text)],
      "values put in a template: %s %d %.2f %5s %-5s %05d %x as in C, or {} {0} {:.2f} {:,} where there is no %",
      "format('%d of %s (%.1f %%)', 7, 'IN', 2.55)", gives: "7 of IN (2.5 %)"),
    FunctionEntry(
      "quote_literal", does: .quoteLiteral, "quote_literal(text)", [Signature([.text], returns: .text)],
      "the text as it is written in a query", "quote_literal('don''t')", gives: "'don''t'"),
    FunctionEntry(
      "quote_nullable", does: .quoteNullable, "quote_nullable(text)", [Signature([.text], returns: .text)],
      "the text as it is written in a query; the word NULL for NULL", "quote_nullable(NULL)", gives: "NULL"),
    FunctionEntry(
      "quote_ident", does: .quoteName, "quote_ident(text)", [Signature([.text], returns: .text)],
      "a name as it is written in a query", "quote_ident('Reported by')", gives: "\"Reported by\""),
    FunctionEntry(
      "parse_filename", does: .filename, "parse_filename(path)", [Signature([.text], returns: .text)],
      "what follows the last slash", "parse_filename('/data/2021/orders.csv')", gives: "orders.csv"),
  ]
}
