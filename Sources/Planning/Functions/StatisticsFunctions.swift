extension FunctionRegistry {
  private static let pair: [Signature] = [Signature([.double, .double], returns: .double)]
  private static let real: [Signature] = [Signature([.double], returns: .double)]
  private static let whole: [Signature] = [Signature([.integer], returns: .integer)]
  private static let chosen: [Signature] = [Signature([.any, .any], returns: .argument(0))]

  static let statisticalAggregates: [FunctionEntry<AggregateFunction>] = [
    FunctionEntry(
      "arg_min", "argmin", "min_by", does: .argMinimum, "arg_min(x, y)", chosen,
      "x where y is smallest, of the rows that have both; the first such row", "arg_min('a', 1)", gives: "a"),
    FunctionEntry(
      "arg_max", "argmax", "max_by", does: .argMaximum, "arg_max(x, y)", chosen,
      "x where y is largest, of the rows that have both; the first such row", "arg_max('a', 1)", gives: "a"),
    FunctionEntry(
      "array_agg", "list", "collect_list", does: .list, "array_agg(x [order by y])",
      [Signature([.any], returns: .listOf(0))], "the values as a list, NULL among them", "array_agg(257)",
      gives: "[257]"),
    FunctionEntry(
      "json_agg", "json_group_array", "jsonb_agg", does: .jsonList, "json_agg(x [order by y])",
      [Signature([.any], returns: .text)], "the values as a JSON array", "json_agg(257)", gives: "[257]"),
    FunctionEntry(
      "mode", does: .mode, "mode(x)", [Signature([.any], returns: .argument(0))],
      "the most frequent value; the smallest of several", "mode('IN')", gives: "IN"),
    FunctionEntry(
      "entropy", does: .entropy, "entropy(x)", [Signature([.any], returns: .double)],
      "how evenly values are spread, in bits (Shannon 1948)", "entropy('IN')", gives: "0"),
    FunctionEntry(
      "histogram", does: .histogram, "histogram(x)", [Signature([.any], returns: .text)],
      "each value with its count, as JSON", "histogram('IN')", gives: "{\"IN\":1}"),
    FunctionEntry(
      "approx_count_distinct", "approx_distinct", does: .approximateCountDistinct, "approx_count_distinct(x)",
      [Signature([.any], returns: .integer)],
      "about how many different values: exact up to 1,024, else within 1.6 % (HyperLogLog, Flajolet et al. 2007)",
      "approx_count_distinct('IN')", gives: "1"),
    FunctionEntry(
      "mad", does: .medianDeviation, "mad(x)", real, "the median of the distances from the median", "mad(257)",
      gives: "0"),
    FunctionEntry(
      "sem", does: .standardError, "sem(x)", real, "the standard error of the mean: stddev(x) / sqrt(n)", "sem(257)",
      gives: ""),
    FunctionEntry(
      "skewness", does: .skewness, "skewness(x)", real,
      "how lopsided the values are; NULL below three (G1 of Joanes and Gill 1998)", "skewness(257)", gives: ""),
    FunctionEntry(
      "kurtosis", does: .kurtosis, "kurtosis(x)", real,
      "how heavy the tails are, 0 for a normal distribution; NULL below four (G2 of Joanes and Gill 1998)",
      "kurtosis(257)", gives: ""),
    FunctionEntry(
      "kurtosis_pop", does: .kurtosisPopulation, "kurtosis_pop(x)", real,
      "the same of all (g2 of Joanes and Gill 1998)", "kurtosis_pop(257)", gives: ""),
    FunctionEntry(
      "product", does: .product, "product(x)", real, "the values multiplied", "product(257)", gives: "257"),
    FunctionEntry(
      "geomean", "geometric_mean", does: .geometricMean, "geomean(x)", real,
      "the geometric mean of positive values; NULL where one is not positive", "round(geomean(257))", gives: "257"),
    FunctionEntry(
      "bit_and", does: .bitAnd, "bit_and(x)", whole, "the bits that all values have", "bit_and(6)", gives: "6"),
    FunctionEntry(
      "bit_or", does: .bitOr, "bit_or(x)", whole, "the bits that some value has", "bit_or(6)", gives: "6"),
    FunctionEntry(
      "bit_xor", does: .bitXor, "bit_xor(x)", whole, "the bits that an odd number of values have", "bit_xor(6)",
      gives: "6"),
  ]

  /// Of pairs: only rows that have both numbers count.
  static let pairAggregates: [FunctionEntry<AggregateFunction>] = [
    FunctionEntry(
      "weighted_avg", "wavg", does: .weightedAverage, "weighted_avg(x, weight)", pair,
      "the mean where each value counts by its weight", "weighted_avg(257, 2)", gives: "257"),
    FunctionEntry(
      "corr", does: .correlation, "corr(y, x)", pair, "Pearson's correlation, -1 to 1", "corr(1, 2)", gives: ""),
    FunctionEntry(
      "covar_pop", does: .covariancePopulation, "covar_pop(y, x)", pair, "the covariance of all (n)",
      "covar_pop(1, 2)", gives: "0"),
    FunctionEntry(
      "covar_samp", "covariance", does: .covarianceSample, "covar_samp(y, x)", pair,
      "the covariance of a sample (n - 1)", "covar_samp(1, 2)", gives: ""),
    FunctionEntry(
      "regr_count", does: .regressionCount, "regr_count(y, x)", [Signature([.double, .double], returns: .integer)],
      "the pairs", "regr_count(1, 2)", gives: "1"),
    FunctionEntry(
      "regr_avgx", does: .regressionAverageX, "regr_avgx(y, x)", pair, "the mean of x", "regr_avgx(1, 2)", gives: "2"),
    FunctionEntry(
      "regr_avgy", does: .regressionAverageY, "regr_avgy(y, x)", pair, "the mean of y", "regr_avgy(1, 2)", gives: "1"),
    FunctionEntry(
      "regr_sxx", does: .regressionSXX, "regr_sxx(y, x)", pair, "the squared distances of x from its mean, summed",
      "regr_sxx(1, 2)", gives: "0"),
    FunctionEntry(
      "regr_syy", does: .regressionSYY, "regr_syy(y, x)", pair, "the squared distances of y from its mean, summed",
      "regr_syy(1, 2)", gives: "0"),
    FunctionEntry(
      "regr_sxy", does: .regressionSXY, "regr_sxy(y, x)", pair,
      "the products of both distances from the means, summed", "regr_sxy(1, 2)", gives: "0"),
    FunctionEntry(
      "regr_slope", does: .regressionSlope, "regr_slope(y, x)", pair,
      "the slope of the straight line with the least squares", "regr_slope(1, 2)", gives: ""),
    FunctionEntry(
      "regr_intercept", does: .regressionIntercept, "regr_intercept(y, x)", pair,
      "where the straight line with the least squares meets x = 0", "regr_intercept(1, 2)", gives: ""),
    FunctionEntry(
      "regr_r2", does: .regressionR2, "regr_r2(y, x)", pair, "the part of y's variance that the line explains",
      "regr_r2(1, 2)", gives: ""),
  ]
}
