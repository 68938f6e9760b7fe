extension FunctionRegistry {
  private static let moments: [Signature] = [Signature([.double], returns: .double)]

  /// Aggregate functions in the order that `help functions` lists them.
  public static let aggregates: [FunctionEntry<AggregateFunction>] =
    basicAggregates + countAggregates + statisticalAggregates + pairAggregates

  private static let basicAggregates: [FunctionEntry<AggregateFunction>] = [
    FunctionEntry(
      "count", does: .count, "count(*), count([distinct] x)", [Signature([.any], returns: .integer)],
      "rows, or values that are not NULL", "count(*)", gives: "1"),
    FunctionEntry(
      "count_if", "countif", does: .countWhere, "count_if(condition)", [Signature([.boolean], returns: .integer)],
      "rows for which a condition is true", "count_if(1 < 2)", gives: "1"),
    FunctionEntry(
      "sum", "fsum", "kahan_sum", "sumkahan", does: .sum, "sum(x)",
      [
        Signature([.integer], returns: .integer), Signature([.decimal], returns: .decimalSum),
        Signature([.interval], returns: .interval), Signature([.type(.count)], returns: .type(.count)),
        Signature([.double], returns: .double),
      ],
      "the sum; NULL of no values; an error where it leaves 64 bits, or 38 digits of a decimal", "sum(257)",
      gives: "257"),
    FunctionEntry(
      "avg", "mean", "favg", does: .average, "avg(x)",
      [
        Signature([.integer], returns: .double), Signature([.decimal], returns: .double),
        Signature([.interval], returns: .interval), Signature([.double], returns: .double),
      ], "the mean", "avg(257)", gives: "257"),
    FunctionEntry(
      "min", does: .minimum, "min(x)", [Signature([.any], returns: .argument(0))], "the smallest value",
      "min('withheld')", gives: "withheld"),
    FunctionEntry(
      "max", does: .maximum, "max(x)", [Signature([.any], returns: .argument(0))], "the largest value", "max(257)",
      gives: "257"),
    FunctionEntry(
      "median", does: .median, "median(x)",
      [
        Signature([.double], returns: .double), Signature([.date], returns: .timestamp),
        Signature([.timestamp], returns: .timestamp),
      ], "the middle value; the mean of the two middle ones", "median(257)", gives: "257"),
    FunctionEntry(
      "quantile", "quantile_cont", "percentile_cont", "approx_quantile", "approx_percentile", does: .quantile,
      "quantile(x, q)",
      [
        Signature([.double, .double], returns: .double), Signature([.date, .double], returns: .timestamp),
        Signature([.timestamp, .double], returns: .timestamp),
        Signature([.double, .type(.list(.double))], returns: .type(.list(.double))),
        Signature([.date, .type(.list(.double))], returns: .type(.list(.timestamp))),
        Signature([.timestamp, .type(.list(.double))], returns: .type(.list(.timestamp))),
      ],
      "the value below which a part q lies, interpolated (Hyndman and Fan 1996, type 7); of a list of parts a list; also f(q) within group (order by x)",
      "quantile(257, 0.9)", gives: "257"),
    FunctionEntry(
      "quantile_disc", "percentile_disc", does: .quantileDiscrete, "quantile_disc(x, q)",
      [
        Signature([.any, .double], returns: .argument(0)),
        Signature([.any, .type(.list(.double))], returns: .listOf(0)),
      ],
      "the smallest value with at least a part q of the values at or below it", "quantile_disc(257, 0.9)",
      gives: "257"),
    FunctionEntry(
      "stddev", "stddev_samp", does: .standardDeviation, "stddev(x)", moments,
      "the standard deviation of a sample (n - 1)", "stddev(257)", gives: ""),
    FunctionEntry(
      "stddev_pop", does: .standardDeviationPopulation, "stddev_pop(x)", moments,
      "the standard deviation of all (n)", "stddev_pop(257)", gives: "0"),
    FunctionEntry(
      "variance", "var_samp", does: .variance, "variance(x)", moments, "the variance of a sample (n - 1)",
      "variance(257)", gives: ""),
    FunctionEntry(
      "var_pop", does: .variancePopulation, "var_pop(x)", moments, "the variance of all (n)", "var_pop(257)",
      gives: "0"),
    FunctionEntry(
      "first", does: .first, "first(x [order by y])", [Signature([.any], returns: .argument(0))],
      "the first row's value, NULL or not", "first('a')", gives: "a"),
    FunctionEntry(
      "last", does: .last, "last(x [order by y])", [Signature([.any], returns: .argument(0))],
      "the last row's value, NULL or not", "last('a')", gives: "a"),
    FunctionEntry(
      "any_value", "arbitrary", does: .anyValue, "any_value(x)", [Signature([.any], returns: .argument(0))],
      "the first value that is not NULL", "any_value('a')", gives: "a"),
    FunctionEntry(
      "string_agg", "group_concat", "listagg", does: .concatenation, "string_agg(text [, separator] [order by y])",
      [Signature([.text, .text], optional: 1, returns: .text)],
      "the texts one after the other, with a separator (a comma)", "string_agg('a', '; ')", gives: "a"),
    FunctionEntry(
      "bool_and", "every", "logical_and", does: .every, "bool_and(condition)",
      [Signature([.boolean], returns: .boolean)], "whether it is true in every row that says something",
      "bool_and(1 < 2)", gives: "true"),
    FunctionEntry(
      "bool_or", "logical_or", does: .some, "bool_or(condition)", [Signature([.boolean], returns: .boolean)],
      "whether it is true in some row", "bool_or(1 > 2)", gives: "false"),
  ]
}
