/// Every function that only exists over a window, by what it does. Aggregates can stand over a window as well.
public enum WindowOperation: String, Sendable, Hashable, CaseIterable {
  // By the row's place in its partition.
  case rowNumber, rank, denseRank, percentRank, cumulativeDistribution, tiles
  // Another row's value, by its distance.
  case lag, lead
  // A row of the frame.
  case firstValue, lastValue, nthValue

  /// Whether rows without a value can be passed over.
  var takesNullTreatment: Bool {
    switch self {
    case .lag, .lead, .firstValue, .lastValue, .nthValue: true
    default: false
    }
  }
}

extension FunctionRegistry {
  private static let place: [Signature] = [Signature([], returns: .integer)]
  private static let part: [Signature] = [Signature([], returns: .double)]
  private static let shifted: [Signature] = [Signature([.same, .integer, .same], optional: 2, returns: .same)]
  private static let picked: [Signature] = [Signature([.any], returns: .argument(0))]

  /// Functions that need a window, in the order that `help functions` lists them.
  public static let windows: [FunctionEntry<WindowOperation>] = [
    FunctionEntry(
      "row_number", does: .rowNumber, "row_number() over (...)", place, "the row's number in its partition, from 1",
      "row_number() over ()", gives: "1"),
    FunctionEntry(
      "rank", does: .rank, "rank() over (order by ...)", place,
      "one more than the rows that come before; equal rows share a rank, and leave a gap", "rank() over (order by 7)",
      gives: "1"),
    FunctionEntry(
      "dense_rank", does: .denseRank, "dense_rank() over (order by ...)", place,
      "the rank without gaps: how many different keys there are up to this row", "dense_rank() over (order by 7)",
      gives: "1"),
    FunctionEntry(
      "percent_rank", does: .percentRank, "percent_rank() over (order by ...)", part,
      "(rank - 1) / (rows - 1): the part of the other rows that come before", "percent_rank() over (order by 7)",
      gives: "0"),
    FunctionEntry(
      "cume_dist", does: .cumulativeDistribution, "cume_dist() over (order by ...)", part,
      "the part of the rows that come before or are equal", "cume_dist() over (order by 7)", gives: "1"),
    FunctionEntry(
      "ntile", does: .tiles, "ntile(n) over (order by ...)", [Signature([.integer], returns: .integer)],
      "which of n parts, as equally large as can be, the row is in", "ntile(4) over (order by 7)", gives: "1"),
    FunctionEntry(
      "lag", does: .lag, "lag(x [, rows [, default]]) [ignore nulls] over (order by ...)", shifted,
      "the value some rows (1) before this one; the default (NULL) where there is none",
      "lag(7, 1, 0) over (order by 7)", gives: "0"),
    FunctionEntry(
      "lead", does: .lead, "lead(x [, rows [, default]]) [ignore nulls] over (order by ...)", shifted,
      "the value some rows (1) after this one; the default (NULL) where there is none",
      "lead(7, 1, 0) over (order by 7)", gives: "0"),
    FunctionEntry(
      "first_value", does: .firstValue, "first_value(x) [ignore nulls] over (order by ...)", picked,
      "the value of the frame's first row", "first_value('a') over (order by 7)", gives: "a"),
    FunctionEntry(
      "last_value", does: .lastValue, "last_value(x) [ignore nulls] over (order by ... rows ...)", picked,
      "the value of the frame's last row; the usual frame ends at the current one",
      "last_value('a') over (order by 7)", gives: "a"),
    FunctionEntry(
      "nth_value", does: .nthValue, "nth_value(x, n) [ignore nulls] over (order by ...)",
      [Signature([.any, .integer], returns: .argument(0))], "the value of the frame's nth row, counted from 1",
      "nth_value('a', 1) over (order by 7)", gives: "a"),
  ]
}
