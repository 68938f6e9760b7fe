extension FunctionRegistry {
  private static func part(_ name: String, _ summary: String, _ call: String, _ result: String)
    -> FunctionEntry<ScalarFunction>
  {
    FunctionEntry(
      name, does: .datePart, "\(name)(date)",
      [Signature([.date], returns: .integer), Signature([.timestamp], returns: .integer)], summary, call, gives: result)
  }

  /// Functions that take one part of a date, and so stand for `date_part` with that part.
  static let datePartFunctions: Set<String> = [
    "year", "quarter", "month", "week", "day", "hour", "minute", "second", "dayofweek", "isodow", "dayofyear",
  ]

  static let dateFunctions: [FunctionEntry<ScalarFunction>] = [
    FunctionEntry(
      "date_trunc", does: .dateTruncate, "date_trunc(part, date)",
      [Signature([.datePart, .date], returns: .date), Signature([.datePart, .timestamp], returns: .timestamp)],
      "the beginning of the year, quarter, month, week, day, hour, minute or second",
      "date_trunc('month', date '2021-02-10')", gives: "2021-02-01"),
    FunctionEntry(
      "date_part", "datepart", does: .datePart, "date_part(part, date)",
      [Signature([.datePart, .date], returns: .integer), Signature([.datePart, .timestamp], returns: .integer)],
      "a part as a number; also extract(part FROM date)", "date_part('week', date '2021-02-10')", gives: "6"),
    part("year", "the year", "year(date '2021-02-10')", "2021"),
    part("quarter", "the quarter, 1 to 4", "quarter(date '2021-02-10')", "1"),
    part("month", "the month, 1 to 12", "month(date '2021-02-10')", "2"),
    part("week", "the week of ISO 8601, 1 to 53", "week(date '2021-01-01')", "53"),
    part("day", "the day of the month", "day(date '2021-02-10')", "10"),
    part("dayofweek", "the day of the week, 0 for Sunday to 6", "dayofweek(date '2021-02-10')", "3"),
    part("isodow", "the day of the week, 1 for Monday to 7", "isodow(date '2021-02-10')", "3"),
    part("dayofyear", "the day of the year", "dayofyear(date '2021-02-10')", "41"),
    part("hour", "the hour, 0 to 23", "hour(timestamp '2021-02-01 19:30:00')", "19"),
    part("minute", "the minute, 0 to 59", "minute(timestamp '2021-02-01 19:30:00')", "30"),
    part("second", "the second, 0 to 59", "second(timestamp '2021-02-01 19:30:05')", "5"),
    FunctionEntry(
      "monthname", does: .monthName, "monthname(date)",
      [Signature([.date], returns: .text), Signature([.timestamp], returns: .text)], "the month's English name",
      "monthname(date '2021-02-10')", gives: "February"),
    FunctionEntry(
      "dayname", does: .dayName, "dayname(date)",
      [Signature([.date], returns: .text), Signature([.timestamp], returns: .text)], "the day's English name",
      "dayname(date '2021-02-10')", gives: "Wednesday"),
    FunctionEntry(
      "date_diff", "datediff", does: .dateDifference, "date_diff(part, from, to)",
      [
        Signature([.datePart, .date, .date], returns: .integer),
        Signature([.datePart, .timestamp, .timestamp], returns: .integer),
      ], "how many beginnings of a part lie between; from above to is negative",
      "date_diff('day', date '2021-01-31', date '2021-02-10')", gives: "10"),
    FunctionEntry(
      "epoch", does: .epoch, "epoch(timestamp)",
      [Signature([.date], returns: .double), Signature([.timestamp], returns: .double)],
      "seconds since 1970-01-01 00:00:00 UTC", "epoch(timestamp '1970-01-02 00:00:00.5')", gives: "86400.5"),
    FunctionEntry(
      "make_date", does: .makeDate, "make_date(year, month, day)",
      [Signature([.integer, .integer, .integer], returns: .date)], "a date from numbers; NULL for a day that is none",
      "make_date(2021, 2, 10)", gives: "2021-02-10"),
    FunctionEntry(
      "strftime", does: .formatDate, "strftime(date, format)",
      [Signature([.date, .text], returns: .text), Signature([.timestamp, .text], returns: .text)],
      "the date as text: %Y %m %d %H %M %S %B %b %A %a %j %V %y %e %f %%",
      "strftime(date '2021-02-10', '%d %B %Y')", gives: "10 February 2021"),
    FunctionEntry(
      "strptime", does: .parseDate, "strptime(text, format)",
      [Signature([.text, .text], returns: .timestamp)],
      "the timestamp that a text gives in a format (see strftime); NULL where it does not fit",
      "strptime('10/02/2021', '%d/%m/%Y')", gives: "2021-02-10 00:00:00"),
  ]
}
