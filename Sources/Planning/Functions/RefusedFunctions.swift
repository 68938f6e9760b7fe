extension FunctionRegistry {
  /// Functions that others have and this notebook refuses: why, and what to do instead. Anybody who runs a script again
  /// must get the same result.
  static let refused: [String: (why: String, help: String)] = [
    (
      [
        "current_date", "today", "now", "current_timestamp", "localtimestamp", "current_time", "localtime", "getdate",
        "sysdate", "transaction_timestamp", "statement_timestamp", "clock_timestamp", "get_current_timestamp",
        "current_datetime",
      ],
      "would give another answer every day",
      "name the day, so that others get the same result: let today = date '2021-02-12'"
    ),
    (
      ["random", "rand", "setseed", "random_normal", "gen_random_uuid", "uuid", "generate_uuid", "uuidv4"],
      "would give another answer every time",
      "take a number that looks random from a column: hash(id) % 100; some rows: tablesample 10 percent repeatable (42)"
    ),
  ].reduce(into: [:]) { all, group in
    for name in group.0 { all[name] = (group.1, group.2) }
  }
}
