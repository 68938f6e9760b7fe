import Testing

@testable import ColumnStore

/// The samples are those of PostgreSQL's documentation, 8.5.4, and values worked out by hand.
@Suite("Intervals and times") struct IntervalTests {
  @Test(
    "lengths of time are read and written",
    arguments: [
      ("1 year 2 months 3 days 4 hours 5 minutes 6 seconds", "1 year 2 mons 3 days 04:05:06"),
      ("P1Y2M3DT4H5M6S", "1 year 2 mons 3 days 04:05:06"), ("P2W", "14 days"), ("PT0.5S", "00:00:00.5"),
      ("1-2", "1 year 2 mons"), ("3 4:05:06", "3 days 04:05:06"),
      ("-1-2 +3 -4:05:06", "-1 years -2 mons +3 days -04:05:06"),
      ("1 year 2 months 3 days 4 hours 5 minutes 6 seconds ago", "-1 years -2 mons -3 days -04:05:06"),
      ("1.5 week", "10 days 12:00:00"), ("1.5 years", "1 year 6 mons"), ("1.5 months", "1 mon 15 days"),
      ("1.75 months", "1 mon 22 days 12:00:00"), ("0.1 years", "1 mon"), ("-1.5 days", "-1 days -12:00:00"),
      ("90", "00:01:30"),
      ("36 hours", "36:00:00"), ("100:00", "100:00:00"), ("1d2h3m4s", "1 day 02:03:04"), ("1 mon -1 mon", "00:00:00"),
      ("12:30:15.123456789", "12:30:15.123457"), ("1 century", "100 years"), ("-00:00:00.5", "-00:00:00.5"),
      ("2 DAYS", "2 days"), ("1 day, 2 hours", "1 day 02:00:00"), ("13 mons", "1 year 1 mon"),
    ])
  func texts(_ sample: (text: String, wanted: String)) {
    let interval = IntervalParsing.interval(sample.text[...])
    #expect(interval?.description == sample.wanted)
    // What is written reads back.
    #expect(IntervalParsing.interval(sample.wanted[...]) == interval)
  }

  @Test(
    "what is no length of time is none",
    arguments: [
      "", " ", "P", "PT", "P1", "P1H", "PT1Y", "day", "1 parsec", "1:60", "1:00:60", "1-12", "ago", "1 2 days",
      "1 day ago 2 days", "1.",
      "999999999999 years", "99999999999999999999 seconds", "1 day x", "--1 day", "1..5 days",
    ])
  func noIntervals(_ text: String) { #expect(IntervalParsing.interval(text[...]) == nil) }

  @Test("a month counts as thirty days, a day as 24 hours")
  func order() {
    let month = Interval(months: 1)
    #expect(month.length == Interval(days: 30).length)
    #expect(Interval(days: 1).length == Interval(microseconds: microsecondsPerDay).length)
    #expect(Interval(months: 12).length < Interval(days: 365).length)
    #expect(Interval(months: .max, days: .max, microseconds: .max).length > 0)
  }

  @Test("times of day")
  func times() {
    for (text, wanted, written) in [
      ("00:00", 0, "00:00:00"), ("12:30", 45_000_000_000, "12:30:00"),
      ("23:59:59.999999", 86_399_999_999, "23:59:59.999999"),
      ("24:00", 86_400_000_000, "24:00:00"), (" 04:05:06.78 ", 14_706_780_000, "04:05:06.78"),
    ] as [(String, Int64, String)] {
      #expect(TextParsing.time(text[...]) == wanted)
      #expect(Value.time(wanted).description == written)
    }
    for text in ["", "1:00", "12", "24:00:01", "25:00", "12:60", "12:30:60", "12:30x", "12:30:00Z"] {
      #expect(TextParsing.time(text[...]) == nil)
    }
  }
}
