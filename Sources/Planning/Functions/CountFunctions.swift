import ColumnStore

extension FunctionRegistry {
  private static let count = Signature.Parameter.type(.count)
  private static let two = [Signature([count, count], returns: .double)]

  static let countFunctions: [FunctionEntry<ScalarFunction>] = [
    FunctionEntry(
      "count_between", does: .countBetween, "count_between(lower, upper)",
      [Signature([.integer, .integer], returns: .type(.count))],
      "a count of at least lower and at most upper; NULL is no bound, and at the lower end 0; of two NULL it is NULL",
      "count_between(0, 499)", gives: "0-499"),
    FunctionEntry(
      "at_least", does: .atLeast, "at_least(n)", [Signature([.integer], returns: .type(.count))],
      "a count of n or more", "at_least(500)", gives: "500+"),
    FunctionEntry(
      "at_most", does: .atMost, "at_most(n)", [Signature([.integer], returns: .type(.count))],
      "a count of 0 to n", "at_most(499)", gives: "0-499"),
    FunctionEntry(
      "around", does: .around, "around(n)", [Signature([.integer], returns: .type(.count))],
      "a count of which only a number near it is known, and no bounds", "around(250)", gives: "250~"),
    FunctionEntry(
      "exact", does: .exactCount, "exact(x)", [Signature([count], returns: .integer)],
      "the number, where a count is one; NULL for other counts", "exact('500+')", gives: ""),
    FunctionEntry(
      "approximate", does: .approximateCount, "approximate(x)", [Signature([count], returns: .integer)],
      "the number that `around` names; NULL for other counts", "approximate('around 250')", gives: "250"),
    FunctionEntry(
      "ratio_low", does: .ratioLow, "ratio_low(x, y)", two,
      "the least that x / y can be, for counts that have nothing to do with each other",
      "ratio_low('30-50', '100-200')",
      gives: "0.15"),
    FunctionEntry(
      "ratio_high", does: .ratioHigh, "ratio_high(x, y)", two, "the most that x / y can be; NULL where it has no limit",
      "ratio_high('30-50', '100-200')", gives: "0.5"),
    FunctionEntry(
      "share_low", does: .shareLow, "share_low(part, whole)", two,
      "the least share of a part in the whole that it lies in; NULL where it cannot lie in it",
      "share_low('501+', 1398)", gives: "0.3583690987124464"),
    FunctionEntry(
      "share_high", does: .shareHigh, "share_high(part, whole)", two,
      "the most share of a part in the whole that it lies in; NULL where it cannot lie in it",
      "share_high('501+', 1398)", gives: "1"),
    FunctionEntry(
      "split_low", does: .splitLow, "split_low(part, rest)", two,
      "the least share of a part in the whole that it makes with the rest", "split_low('30-50', '50-70')", gives: "0.3"),
    FunctionEntry(
      "split_high", does: .splitHigh, "split_high(part, rest)", two,
      "the most share of a part in the whole that it makes with the rest", "split_high('30-50', '50-70')",
      gives: "0.5"),
  ]

  /// Of several counts of the same thing.
  static let countAggregates: [FunctionEntry<AggregateFunction>] = [
    FunctionEntry(
      "common", does: .common, "common(x)", [Signature([count], returns: .type(.count))],
      "what all counts allow, if they count the same; NULL where they exclude each other", "common(at_least(500))",
      gives: "500+"),
    FunctionEntry(
      "contradict", does: .contradict, "contradict(x)", [Signature([count], returns: .boolean)],
      "whether some counts of the same exclude each other", "contradict(257)", gives: "false"),
  ]
}
