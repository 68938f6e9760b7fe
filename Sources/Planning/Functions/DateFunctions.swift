extension FunctionRegistry {
  private static func part(
    _ name: String, _ summary: String, _ call: String, _ result: String, also synonym: String? = nil
  ) -> FunctionEntry<ScalarFunction> {
    FunctionEntry(
      names: [name] + [synonym].compactMap { $0 }, does: .datePart, "\(name)(date)",
      [
        Signature([.date], returns: .integer), Signature([.timestamp], returns: .integer),
        Signature([.time], returns: .integer), Signature([.interval], returns: .integer),
      ], summary, call, gives: result)
  }

  /// Functions that take one part of a date, and so stand for `date_part` with that part.
  static let datePartFunctions: Set<String> = [
    "year", "quarter", "month", "week", "weekofyear", "day", "dayofmonth", "hour", "minute", "second", "millisecond",
    "microsecond", "dayofweek", "weekday", "isodow", "dayofyear", "isoyear", "decade", "century", "millennium",
  ]

  static let dateFunctions: [FunctionEntry<ScalarFunction>] = [
    FunctionEntry(
      "date_trunc", "datetrunc", "timestamp_trunc", "datetime_trunc", does: .dateTruncate,
      "date_trunc(part, date [, zone])",
      [
        Signature([.datePart, .date], returns: .date),
        Signature([.datePart, .timestamp, .timeZone], optional: 1, returns: .timestamp),
      ],
      "the beginning of the millennium, century, decade, year, quarter, month, week, day, hour, minute or second",
      "date_trunc('month', date '2021-02-10')", gives: "2021-02-01"),
    FunctionEntry(
      "date_part", "datepart", does: .datePart, "date_part(part, date)",
      [
        Signature([.datePart, .date], returns: .integer), Signature([.datePart, .timestamp], returns: .integer),
        Signature([.datePart, .time], returns: .integer), Signature([.datePart, .interval], returns: .integer),
      ], "a part of a date, time or interval as a number; also extract(part FROM date)",
      "date_part('week', date '2021-02-10')", gives: "6"),
    part("year", "the year", "year(date '2021-02-10')", "2021"),
    part("quarter", "the quarter, 1 to 4", "quarter(date '2021-02-10')", "1"),
    part("month", "the month, 1 to 12", "month(date '2021-02-10')", "2"),
    part("week", "the week of ISO 8601, 1 to 53", "week(date '2021-01-01')", "53", also: "weekofyear"),
    part("isoyear", "the year of the week of ISO 8601", "isoyear(date '2021-01-01')", "2020"),
    part("decade", "the year divided by ten", "decade(date '2021-02-10')", "202"),
    part("century", "the century", "century(date '2021-02-10')", "21"),
    part("millennium", "the millennium", "millennium(date '2021-02-10')", "3"),
    part("day", "the day of the month", "day(date '2021-02-10')", "10", also: "dayofmonth"),
    part("dayofweek", "the day of the week, 0 for Sunday to 6", "dayofweek(date '2021-02-10')", "3", also: "weekday"),
    part("isodow", "the day of the week, 1 for Monday to 7", "isodow(date '2021-02-10')", "3"),
    part("dayofyear", "the day of the year", "dayofyear(date '2021-02-10')", "41"),
    part("hour", "the hour, 0 to 23", "hour(timestamp '2021-02-01 19:30:00')", "19"),
    part("minute", "the minute, 0 to 59", "minute(timestamp '2021-02-01 19:30:00')", "30"),
    part("second", "the second, 0 to 59", "second(timestamp '2021-02-01 19:30:05')", "5"),
    part("millisecond", "the milliseconds of the minute", "millisecond(timestamp '2021-02-01 19:30:05.5')", "5500"),
    part("microsecond", "the microseconds of the minute", "microsecond(timestamp '2021-02-01 19:30:05.5')", "5500000"),
    FunctionEntry(
      "monthname", does: .monthName, "monthname(date)",
      [Signature([.date], returns: .text), Signature([.timestamp], returns: .text)], "the month's English name",
      "monthname(date '2021-02-10')", gives: "February"),
    FunctionEntry(
      "dayname", does: .dayName, "dayname(date)",
      [Signature([.date], returns: .text), Signature([.timestamp], returns: .text)], "the day's English name",
      "dayname(date '2021-02-10')", gives: "Wednesday"),
    FunctionEntry(
      "date_diff", "datediff", "timestamp_diff", "datetime_diff", does: .dateDifference, "date_diff(part, from, to)",
      [
        Signature([.datePart, .date, .date], returns: .integer),
        Signature([.datePart, .timestamp, .timestamp], returns: .integer),
      ], "how many beginnings of a part lie between; from above to is negative",
      "date_diff('day', date '2021-01-31', date '2021-02-10')", gives: "10"),
    FunctionEntry(
      "epoch", does: .epoch, "epoch(timestamp)",
      [
        Signature([.date], returns: .double), Signature([.timestamp], returns: .double),
        Signature([.time], returns: .double), Signature([.interval], returns: .double),
      ], "seconds since 1970-01-01 00:00:00 UTC", "epoch(timestamp '1970-01-02 00:00:00.5')", gives: "86400.5"),
    FunctionEntry(
      "make_date", does: .makeDate, "make_date(year, month, day)",
      [Signature([.integer, .integer, .integer], returns: .date)], "a date from numbers; NULL for a day that is none",
      "make_date(2021, 2, 10)", gives: "2021-02-10"),
    FunctionEntry(
      "strftime", does: .formatDate, "strftime(date, format)",
      [Signature([.date, .text], returns: .text), Signature([.timestamp, .text], returns: .text)],
      "the date as text: %Y %m %d %H %M %S %B %b %A %a %p %I %j %V %G %U %W %y %e %f %F %T %s %z %%; %-d leaves out zeros",
      "strftime(date '2021-02-10', '%d %B %Y')", gives: "10 February 2021"),
    FunctionEntry(
      "strptime", "try_strptime", does: .parseDate, "strptime(text, format)",
      [Signature([.text, .text], returns: .timestamp)],
      "the timestamp that a text gives in a format (see strftime); NULL where it does not fit",
      "strptime('10/02/2021', '%d/%m/%Y')", gives: "2021-02-10 00:00:00"),
  ]
}
