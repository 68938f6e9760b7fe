extension FunctionRegistry {
  static let conditionalFunctions: [FunctionEntry<ScalarFunction>] = [
    FunctionEntry(
      "if", "iff", "iif", does: .choose, "if(condition, then, otherwise)",
      [Signature([.boolean, .same, .same], returns: .same)],
      "one of two values, of which only that one is computed; also case when ... then ... else ... end",
      "if(126 > 100, 'many', 'few')", gives: "many"),
    FunctionEntry(
      "coalesce", "ifnull", "nvl", does: .coalesce, "coalesce(x, ...)",
      [Signature([.same], variadic: true, returns: .same)], "the first value that is not NULL",
      "coalesce(NULL, 126, 220)", gives: "126"),
    FunctionEntry(
      "nullif", does: .nullIf, "nullif(x, y)", [Signature([.same, .same], returns: .same)],
      "x, or NULL where x equals y", "nullif('-', '-')", gives: ""),
    FunctionEntry(
      "nvl2", does: .chooseNull, "nvl2(x, value, otherwise)", [Signature([.any, .same, .same], returns: .same)],
      "the value where x is not NULL, else the other", "nvl2(NULL, 'known', 'unknown')", gives: "unknown"),
    FunctionEntry(
      "zeroifnull", does: .zeroIfNull, "zeroifnull(x)", numeric, "x, or 0 for NULL",
      "zeroifnull(cast(NULL as integer))",
      gives: "0"),
    FunctionEntry(
      "nullifzero", does: .nullIfZero, "nullifzero(x)", numeric, "x, or NULL for 0", "nullifzero(0)", gives: ""),
    FunctionEntry(
      "typeof", "pg_typeof", does: .typeName, "typeof(x)", [Signature([.any], returns: .text)],
      "the name of a value's type", "typeof(date '2021-02-10')", gives: "date"),
    FunctionEntry(
      "error", does: .fail, "error(message)", [Signature([.text], returns: .text)],
      "ends the query with a message where it is computed; it stands for a value of any type",
      "if(1 < 2, 5, error('no'))", gives: "5"),
  ]

  private static let numeric: [Signature] = [
    Signature([.integer], returns: .integer), Signature([.double], returns: .double),
  ]
}
