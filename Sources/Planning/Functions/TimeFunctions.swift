extension FunctionRegistry {
  private static let interval = Signature.Parameter.type(.interval)

  /// What is made of dates and times. A timestamp is an instant in UTC; one that a zone's clocks show is written the same.
  static let timeFunctions: [FunctionEntry<ScalarFunction>] = [
    FunctionEntry(
      "date", does: .convert, "date(x), date(year, month, day)",
      [Signature([.integer, .integer, .integer], returns: .date), Signature([.any], returns: .date)],
      "x as a date; also cast(x as date)", "date(timestamp '2021-02-10 19:30:00')", gives: "2021-02-10"),
    FunctionEntry(
      "timestamp", "datetime", does: .convert, "timestamp(x)", [Signature([.any], returns: .timestamp)],
      "x as a timestamp; also cast(x as timestamp)", "timestamp(date '2021-02-10')", gives: "2021-02-10 00:00:00"),
    FunctionEntry(
      "time", does: .convert, "time(x)", [Signature([.any], returns: .type(.time))],
      "x as a time of day; also cast(x as time)", "time(timestamp '2021-02-10 19:30:00')", gives: "19:30:00"),
    FunctionEntry(
      "format_date", "format_timestamp", "format_datetime", does: .formatByTemplate, "format_date(format, date)",
      [Signature([.text, .date], returns: .text), Signature([.text, .timestamp], returns: .text)],
      "strftime with its arguments the other way round", "format_date('%d.%m.%Y', date '2021-02-10')",
      gives: "10.02.2021"),
    FunctionEntry(
      "parse_date", does: .parseDateByTemplate, "parse_date(format, text)",
      [Signature([.text, .text], returns: .date)],
      "the date that a text gives in a format (see strftime); NULL where it does not fit",
      "parse_date('%d.%m.%Y', '10.02.2021')", gives: "2021-02-10"),
    FunctionEntry(
      "parse_timestamp", "parse_datetime", does: .parseTimestampByTemplate, "parse_timestamp(format, text)",
      [Signature([.text, .text], returns: .timestamp)], "strptime with its arguments the other way round",
      "parse_timestamp('%d.%m.%Y %H', '10.02.2021 19')", gives: "2021-02-10 19:00:00"),
    FunctionEntry(
      "date_add", "timestamp_add", "datetime_add", does: .add, "date_add(date, interval)",
      [Signature([.timestamp, interval], returns: .timestamp)],
      "a date or timestamp later by an interval; also date + interval",
      "date_add(date '2021-01-31', interval '1 month')", gives: "2021-02-28"),
    FunctionEntry(
      "date_sub", "datesub", "timestamp_sub", "datetime_sub", does: .dateElapsed,
      "date_sub(part, from, to), date_sub(date, interval)",
      [
        Signature([.datePart, .date, .date], returns: .integer),
        Signature([.datePart, .timestamp, .timestamp], returns: .integer),
      ], "how many whole parts lie between; or a date earlier by an interval",
      "date_sub('month', date '2021-01-31', date '2021-02-28')", gives: "1"),
    FunctionEntry(
      "dateadd", does: .addParts, "dateadd(part, count, date)",
      [Signature([.datePart, .integer, .timestamp], returns: .timestamp)],
      "a date or timestamp later by a count of parts",
      "dateadd('day', 3, date '2021-01-31')", gives: "2021-02-03"),
    FunctionEntry(
      "add_months", does: .addParts, "add_months(date, count)",
      [Signature([.timestamp, .integer], returns: .timestamp)], "a date or timestamp later by a count of months",
      "add_months(date '2021-01-31', 1)", gives: "2021-02-28"),
    FunctionEntry(
      "age", does: .age, "age(later, earlier)", [Signature([.timestamp, .timestamp], returns: .type(.interval))],
      "the years, months and days between, as people count them", "age(date '2021-03-01', date '2020-01-31')",
      gives: "1 year 1 mon 1 day"),
    FunctionEntry(
      "date_bin", "time_bucket", does: .dateBin, "date_bin(interval, timestamp [, origin])",
      [
        Signature([interval, .date], returns: .date),
        Signature([interval, .timestamp, .timestamp], optional: 1, returns: .timestamp),
      ],
      "the beginning of the interval that a time lies in, counted from an origin (2000-01-03, for months 2000-01-01)",
      "date_bin(interval '15 minutes', timestamp '2021-02-01 19:38:00')", gives: "2021-02-01 19:30:00"),
    FunctionEntry(
      "last_day", does: .lastDay, "last_day(date)",
      [Signature([.date], returns: .date), Signature([.timestamp], returns: .date)],
      "the last day of the month", "last_day(date '2021-02-10')", gives: "2021-02-28"),
    FunctionEntry(
      "make_timestamp", does: .makeTimestamp, "make_timestamp(year, month, day, hour, minute, second)",
      [
        Signature([.integer, .integer, .integer, .integer, .integer, .double], returns: .timestamp),
        Signature([.integer], returns: .timestamp),
      ], "a timestamp from numbers, or from microseconds since 1970; NULL for one that is none",
      "make_timestamp(2021, 2, 10, 19, 30, 5.5)", gives: "2021-02-10 19:30:05.5"),
    FunctionEntry(
      "make_time", does: .makeTime, "make_time(hour, minute, second)",
      [Signature([.integer, .integer, .double], returns: .type(.time))], "a time of day; NULL for one that is none",
      "make_time(19, 30, 5.5)", gives: "19:30:05.5"),
    FunctionEntry(
      "to_timestamp", does: .toTimestamp, "to_timestamp(seconds), to_timestamp(text, format)",
      [Signature([.double], returns: .timestamp), Signature([.text, .text], returns: .timestamp)],
      "a timestamp from seconds since 1970, or from a text in PostgreSQL's format", "to_timestamp(1612985400.5)",
      gives: "2021-02-10 19:30:00.5"),
    FunctionEntry(
      "to_date", does: .toDate, "to_date(text, format)",
      [Signature([.text, .text], returns: .date)],
      "the date that a text gives in PostgreSQL's format; NULL where it does not fit",
      "to_date('10 Feb 2021', 'DD Mon YYYY')", gives: "2021-02-10"),
    FunctionEntry(
      "to_char", does: .toText, "to_char(date, format)",
      [Signature([.date, .text], returns: .text), Signature([.timestamp, .text], returns: .text)],
      "the date as text in PostgreSQL's format: YYYY MM DD HH24 MI SS Mon Month Dy Day Q IW ...",
      "to_char(date '2021-02-10', 'DD Mon YYYY')", gives: "10 Feb 2021"),
    FunctionEntry(
      "epoch_ms", does: .epochMilliseconds, "epoch_ms(x)",
      [Signature([.integer], returns: .timestamp), Signature([.timestamp], returns: .integer)],
      "milliseconds since 1970 of a timestamp, or a timestamp of milliseconds",
      "epoch_ms(timestamp '1970-01-01 00:00:01')",
      gives: "1000"),
    FunctionEntry(
      "unix_seconds", "to_unixtime", "unix_timestamp", does: .unixSeconds, "unix_seconds(timestamp)",
      [Signature([.timestamp], returns: .integer)], "whole seconds since 1970",
      "unix_seconds(timestamp '1970-01-02 00:00:00')", gives: "86400"),
    FunctionEntry(
      "unix_millis", does: .unixMilliseconds, "unix_millis(timestamp)", [Signature([.timestamp], returns: .integer)],
      "whole milliseconds since 1970", "unix_millis(timestamp '1970-01-01 00:00:01.5')", gives: "1500"),
    FunctionEntry(
      "unix_micros", "epoch_us", does: .unixMicroseconds, "unix_micros(timestamp)",
      [Signature([.timestamp], returns: .integer)], "microseconds since 1970",
      "unix_micros(timestamp '1970-01-01 00:00:01.5')", gives: "1500000"),
    FunctionEntry(
      "timestamp_seconds", "from_unixtime", does: .timestampOfSeconds, "timestamp_seconds(n)",
      [Signature([.integer], returns: .timestamp)], "the timestamp of seconds since 1970", "timestamp_seconds(86400)",
      gives: "1970-01-02 00:00:00"),
    FunctionEntry(
      "timestamp_millis", does: .timestampOfMilliseconds, "timestamp_millis(n)",
      [Signature([.integer], returns: .timestamp)], "the timestamp of milliseconds since 1970",
      "timestamp_millis(1500)", gives: "1970-01-01 00:00:01.5"),
    FunctionEntry(
      "timestamp_micros", does: .timestampOfMicroseconds, "timestamp_micros(n)",
      [Signature([.integer], returns: .timestamp)], "the timestamp of microseconds since 1970",
      "timestamp_micros(1500000)", gives: "1970-01-01 00:00:01.5"),
    FunctionEntry(
      "timezone", does: .atTimeZone, "timezone(zone, timestamp)",
      [Signature([.timeZone, .timestamp], returns: .timestamp)],
      "what clocks in a zone show at an instant; also timestamp at time zone zone",
      "timezone('Asia/Kolkata', timestamp '2021-02-01 19:30:00')", gives: "2021-02-02 01:00:00"),
    FunctionEntry(
      "from_utc_timestamp", does: .atTimeZone, "from_utc_timestamp(timestamp, zone)",
      [Signature([.timestamp, .timeZone], returns: .timestamp)], "the same",
      "from_utc_timestamp(timestamp '2021-07-01 12:00:00', 'Europe/Vienna')", gives: "2021-07-01 14:00:00"),
    FunctionEntry(
      "to_utc_timestamp", does: .fromTimeZone, "to_utc_timestamp(timestamp, zone)",
      [Signature([.timestamp, .timeZone], returns: .timestamp)],
      "the instant at which clocks in a zone show a time: one left out in spring as if they had not changed, the second of two in autumn",
      "to_utc_timestamp(timestamp '2021-02-02 01:00:00', 'Asia/Kolkata')", gives: "2021-02-01 19:30:00"),
    FunctionEntry(
      "utc_offset", does: .utcOffset, "utc_offset(zone, timestamp)",
      [Signature([.timeZone, .timestamp], returns: .type(.interval))], "how far clocks in a zone are before UTC",
      "utc_offset('Asia/Kolkata', timestamp '2021-02-01 19:30:00')", gives: "05:30:00"),
  ]
}
