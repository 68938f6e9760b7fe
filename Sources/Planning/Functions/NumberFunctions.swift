extension FunctionRegistry {
  private static let numeric: [Signature] = [
    Signature([.integer], returns: .integer), Signature([.decimal], returns: .argument(0)),
    Signature([.double], returns: .double),
  ]
  private static let whole: [Signature] = [
    Signature([.integer], returns: .integer), Signature([.decimal], returns: .roundedDecimal),
    Signature([.double], returns: .double),
  ]
  private static let places: [Signature] = [
    Signature([.decimal, .integer], returns: .roundedDecimal), Signature([.double, .integer], returns: .double),
  ]
  private static let real: [Signature] = [Signature([.double], returns: .double)]

  static let numberFunctions: [FunctionEntry<ScalarFunction>] = [
    FunctionEntry(
      "abs", does: .absolute, "abs(x)", numeric, "the distance from zero", "abs(-7)", gives: "7"),
    FunctionEntry(
      "round", does: .round, "round(x [, places])",
      whole + places, "rounded to decimal places, halves away from zero", "round(97.425, 1)", gives: "97.4"),
    FunctionEntry(
      "floor", does: .floor, "floor(x)", whole, "the largest whole number that is not larger", "floor(-1.5)",
      gives: "-2"),
    FunctionEntry(
      "ceil", "ceiling", does: .ceiling, "ceil(x)", whole, "the smallest whole number that is not smaller",
      "ceil(1.2)", gives: "2"),
    FunctionEntry(
      "trunc", "truncate", does: .truncate, "trunc(x [, places])",
      whole + places, "x without its decimal places, or with some",
      "trunc(-1.7)", gives: "-1"),
    FunctionEntry(
      "sign", does: .sign, "sign(x)",
      [
        Signature([.integer], returns: .integer), Signature([.decimal], returns: .integer),
        Signature([.double], returns: .integer),
      ], "-1, 0 or 1",
      "sign(-12.5)", gives: "-1"),
    FunctionEntry(
      "sqrt", does: .squareRoot, "sqrt(x)", real, "the square root; NULL below zero", "sqrt(2.25)", gives: "1.5"),
    FunctionEntry(
      "power", "pow", does: .power, "power(x, y)", [Signature([.double, .double], returns: .double)],
      "x to the power of y", "power(2, 10)", gives: "1024"),
    FunctionEntry("exp", does: .exponential, "exp(x)", real, "e to the power of x", "exp(0)", gives: "1"),
    FunctionEntry(
      "ln", does: .naturalLogarithm, "ln(x)", real, "the natural logarithm; NULL at or below zero", "ln(1)",
      gives: "0"),
    FunctionEntry(
      "log10", does: .decimalLogarithm, "log10(x)", real,
      "the logarithm to the base 10; NULL at or below zero", "log10(1000)", gives: "3"),
    FunctionEntry(
      "mod", does: .modulo, "mod(x, y)",
      [
        Signature([.integer, .integer], returns: .integer), Signature([.double, .double], returns: .double),
      ], "the rest of a division, with the sign of x; NULL for y = 0", "mod(17, 5)", gives: "2"),
    FunctionEntry(
      "xor", does: .bitXor, "xor(x, y)", [Signature([.integer, .integer], returns: .integer)],
      "the bits that one of x and y has and the other has not", "xor(17, 5)", gives: "20"),
    FunctionEntry(
      "greatest", does: .greatest, "greatest(x, ...)", [Signature([.same], variadic: true, returns: .same)],
      "the largest of the values that are not NULL", "greatest(126, 220, NULL)", gives: "220"),
    FunctionEntry(
      "least", does: .least, "least(x, ...)", [Signature([.same], variadic: true, returns: .same)],
      "the smallest of the values that are not NULL", "least(126, 220, NULL)", gives: "126"),
  ]
}
