extension FunctionRegistry {
  private static let real: [Signature] = [Signature([.double], returns: .double)]
  private static let twoReals: [Signature] = [Signature([.double, .double], returns: .double)]
  private static let whole: [Signature] = [Signature([.integer], returns: .integer)]
  private static let twoWholes: [Signature] = [Signature([.integer, .integer], returns: .integer)]

  private static func one(
    _ name: String, _ function: ScalarFunction, _ summary: String, _ call: String, _ result: String
  ) -> FunctionEntry<ScalarFunction> {
    FunctionEntry(name, does: function, "\(name)(x)", real, summary, call, gives: result)
  }

  /// Mathematics: what leaves the domain of a function is NULL.
  static let mathFunctions: [FunctionEntry<ScalarFunction>] = [
    FunctionEntry(
      "log", does: .logarithm, "log([base,] x)", real + twoReals,
      "the logarithm to a base, which is 10 unless given; NULL at or below zero", "log(2, 8)", gives: "3"),
    one("log2", .binaryLogarithm, "the logarithm to the base 2; NULL at or below zero", "log2(8)", "3"),
    one("cbrt", .cubeRoot, "the cube root", "cbrt(27)", "3"),
    FunctionEntry(
      "factorial", does: .factorial, "factorial(n)", whole, "1 * 2 * ... * n; NULL below zero", "factorial(5)",
      gives: "120"),
    one("gamma", .gamma, "the gamma function: factorial(x - 1), between whole numbers too", "gamma(5)", "24"),
    one("lgamma", .logarithmOfGamma, "the natural logarithm of the gamma function's magnitude", "lgamma(1)", "0"),
    one("erf", .errorFunction, "the error function", "erf(0)", "0"),
    one("erfc", .complementaryErrorFunction, "1 - erf(x), right for large x too", "erfc(0)", "1"),
    FunctionEntry(
      "gcd", "greatest_common_divisor", does: .greatestCommonDivisor, "gcd(x, y)", twoWholes,
      "the greatest common divisor", "gcd(1071, 462)", gives: "21"),
    FunctionEntry(
      "lcm", "least_common_multiple", does: .leastCommonMultiple, "lcm(x, y)", twoWholes,
      "the least common multiple", "lcm(4, 6)", gives: "12"),
    FunctionEntry(
      "pi", does: .pi, "pi()", [Signature([], returns: .double)], "the number pi", "round(pi(), 4)", gives: "3.1416"),
    FunctionEntry(
      "div", does: .integerDivide, "div(x, y)", twoWholes + twoReals,
      "the whole part of a division, as //; NULL for y = 0",
      "div(17, 5)", gives: "3"),
    FunctionEntry(
      "safe_divide", "ieee_divide", "fdiv", "divide", does: .divide, "safe_divide(x, y)", twoReals,
      "x / y; NULL for y = 0", "safe_divide(1, 0)", gives: ""),
    FunctionEntry(
      "fmod", does: .modulo, "fmod(x, y)", twoReals, "the rest of a division, with the sign of x; NULL for y = 0",
      "fmod(7.5, 2)", gives: "1.5"),
    FunctionEntry(
      "safe_add", does: .safeAdd, "safe_add(x, y)", twoWholes + twoReals, "x + y; NULL where it leaves 64 bits",
      "safe_add(9223372036854775807, 1)", gives: ""),
    FunctionEntry(
      "safe_subtract", does: .safeSubtract, "safe_subtract(x, y)", twoWholes + twoReals,
      "x - y; NULL where it leaves 64 bits", "safe_subtract(5, 3)", gives: "2"),
    FunctionEntry(
      "safe_multiply", does: .safeMultiply, "safe_multiply(x, y)", twoWholes + twoReals,
      "x * y; NULL where it leaves 64 bits", "safe_multiply(4, 5)", gives: "20"),
    FunctionEntry(
      "width_bucket", does: .widthBucket, "width_bucket(x, low, high, n)",
      [Signature([.double, .double, .double, .integer], returns: .integer)],
      "which of n equal parts of low to high x falls in, from 1; 0 below, n + 1 from high on",
      "width_bucket(5.35, 0.024, 10.06, 5)", gives: "3"),
    FunctionEntry(
      "round_even", "bround", "roundbankers", does: .roundEven, "round_even(x [, places])",
      [Signature([.double, .integer], optional: 1, returns: .double)],
      "rounded to decimal places, halves to the even neighbour", "round_even(2.5)", gives: "2"),
    FunctionEntry(
      "even", does: .even, "even(x)", real, "the next even number away from zero", "even(2.1)", gives: "4"),
    FunctionEntry(
      "bit_count", does: .bitCount, "bit_count(x)", whole, "the bits that are set, of 64", "bit_count(31)", gives: "5"),
    FunctionEntry(
      "isnan", "is_nan", does: .isNaN, "isnan(x)", [Signature([.double], returns: .boolean)],
      "whether it is not a number", "isnan(cast('NaN' as double))", gives: "true"),
    FunctionEntry(
      "isinf", "is_inf", does: .isInfinite, "isinf(x)", [Signature([.double], returns: .boolean)],
      "whether it is infinite", "isinf(1)", gives: "false"),
    FunctionEntry(
      "isfinite", does: .isFinite, "isfinite(x)", [Signature([.double], returns: .boolean)],
      "whether it is neither infinite nor NaN", "isfinite(1)", gives: "true"),
    FunctionEntry(
      "signbit", does: .signBit, "signbit(x)", [Signature([.double], returns: .boolean)],
      "whether the sign is a minus, that of -0 too", "signbit(-1)", gives: "true"),
    FunctionEntry(
      "nextafter", does: .nextAfter, "nextafter(x, y)", twoReals, "the double after x towards y",
      "nextafter(1, 2) > 1", gives: "true"),
    FunctionEntry(
      "hypot", does: .hypotenuse, "hypot(x, y)", twoReals, "the root of x * x + y * y", "hypot(3, 4)", gives: "5"),
    one("degrees", .degrees, "an angle in degrees", "degrees(pi())", "180"),
    one("radians", .radians, "an angle in radians", "degrees(radians(90))", "90"),
    one("sin", .sine, "the sine of an angle in radians", "sin(0)", "0"),
    one("cos", .cosine, "the cosine of an angle in radians", "cos(0)", "1"),
    one("tan", .tangent, "the tangent of an angle in radians", "tan(0)", "0"),
    one("cot", .cotangent, "the cotangent of an angle in radians; NULL for 0", "cot(0)", ""),
    one("asin", .arcSine, "the angle of a sine; NULL beyond -1 to 1", "asin(0)", "0"),
    one("acos", .arcCosine, "the angle of a cosine; NULL beyond -1 to 1", "acos(1)", "0"),
    one("atan", .arcTangent, "the angle of a tangent", "atan(0)", "0"),
    FunctionEntry(
      "atan2", does: .arcTangent2, "atan2(y, x)", twoReals, "the angle of the point (x, y)", "atan2(0, 1)", gives: "0"),
    one("sinh", .hyperbolicSine, "the hyperbolic sine", "sinh(0)", "0"),
    one("cosh", .hyperbolicCosine, "the hyperbolic cosine", "cosh(0)", "1"),
    one("tanh", .hyperbolicTangent, "the hyperbolic tangent", "tanh(0)", "0"),
    one("asinh", .areaSine, "the inverse of the hyperbolic sine", "asinh(0)", "0"),
    one("acosh", .areaCosine, "the inverse of the hyperbolic cosine; NULL below 1", "acosh(1)", "0"),
    one("atanh", .areaTangent, "the inverse of the hyperbolic tangent; NULL beyond -1 to 1", "atanh(0)", "0"),
    one("sind", .sineOfDegrees, "the sine of an angle in degrees", "sind(30)", "0.5"),
    one("cosd", .cosineOfDegrees, "the cosine of an angle in degrees", "cosd(60)", "0.5"),
    one("tand", .tangentOfDegrees, "the tangent of an angle in degrees", "tand(45)", "1"),
  ]
}
