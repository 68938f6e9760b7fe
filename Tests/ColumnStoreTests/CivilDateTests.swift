import Testing

@testable import ColumnStore

@Suite("Dates of the calendar") struct CivilDateTests {
  @Test("every day from -9999 to 9999 follows the one before it")
  func everyDay() {
    var (year, month, day) = (-9999, 1, 1)
    var weekday = CivilDate(days: CivilDate.representableDays.lowerBound).isoWeekday
    var wrong = 0
    for number in CivilDate.representableDays {
      let date = CivilDate(days: number)
      if date.year != year || date.month != month || date.day != day || date.days != number { wrong += 1 }
      if date.isoWeekday != weekday { wrong += 1 }
      weekday = weekday % 7 + 1
      day += 1
      let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
      let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
      if day > length {
        (month, day) = (month + 1, 1)
        if month > 12 { (year, month) = (year + 1, 1) }
      }
    }
    #expect(wrong == 0)
    #expect(year == 10_000)
  }

  @Test("known days")
  func knownDays() {
    #expect(CivilDate(year: 1970, month: 1, day: 1)?.days == 0)
    #expect(CivilDate(year: 2000, month: 3, day: 1)?.days == 11_017)
    #expect(CivilDate(year: 1969, month: 7, day: 20)?.isoWeekday == 7)
    #expect(CivilDate(year: 2021, month: 1, day: 1).map { [$0.isoWeek.year, $0.isoWeek.week] } == [2020, 53])
    #expect(CivilDate(year: 2018, month: 12, day: 31).map { [$0.isoWeek.year, $0.isoWeek.week] } == [2019, 1])
    #expect(CivilDate(year: 2020, month: 12, day: 31)?.dayOfYear == 366)
    #expect(CivilDate(year: 2021, month: 2, day: 29) == nil)
    #expect(CivilDate(year: 1900, month: 2, day: 29) == nil)
    #expect(CivilDate(year: 10_000, month: 1, day: 1) == nil)
  }

  @Test("adding months cuts the day to the month's last")
  func addingMonths() throws {
    let date = try #require(CivilDate(year: 2021, month: 1, day: 31))
    #expect(date.adding(months: 1) == CivilDate(year: 2021, month: 2, day: 28))
    #expect(date.adding(months: -11) == CivilDate(year: 2020, month: 2, day: 29))
    #expect(date.adding(months: 12 * 8000) == nil)
    #expect(date.adding(months: .max) == nil && date.adding(months: .min) == nil)
  }
}

@Suite("Text of values") struct ValueTextTests {
  @Test(
    "values are written exactly",
    arguments: [
      (Value.null, ""), (.boolean(true), "true"), (.integer(.min), "-9223372036854775808"), (.integer(0), "0"),
      (.integer(-7), "-7"), (.integer(.max), "9223372036854775807"), (.double(3), "3"), (.double(0.1), "0.1"),
      (.double(-0.0), "-0"), (.double(1e16), "1e+16"), (.double(123_456_789_012_345), "123456789012345"),
      (.double(.nan), "NaN"), (.double(-.infinity), "-inf"), (.double(5e-324), "5e-324"), (.date(0), "1970-01-01"),
      (.date(-719_529), "-0001-12-31"), (.timestamp(0), "1970-01-01 00:00:00"),
      (.timestamp(-1), "1969-12-31 23:59:59.999999"), (.timestamp(1_500_000), "1970-01-01 00:00:01.5"),
      (.textList(["a", "b\"c\\", "\n\u{1}"]), "[\"a\",\"b\\\"c\\\\\",\"\\n\\u0001\"]"), (.text("as it is"), "as it is"),
    ])
  func description(_ sample: (Value, String)) { #expect(sample.0.description == sample.1) }

  @Test("the farthest timestamps have a text")
  func farthest() {
    #expect(!Value.timestamp(.min).description.isEmpty && !Value.timestamp(.max).description.isEmpty)
  }

  @Test("doubles and integers read back what was written")
  func roundTrip() {
    var state: UInt64 = 1
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let number = Double(bitPattern: state)
      if number.isFinite { #expect(TextParsing.double(Value.double(number).description[...]) == number) }
      let integer = Int64(bitPattern: state)
      #expect(TextParsing.integer(Value.integer(integer).description[...]) == integer)
    }
  }

  @Test(
    "dates and timestamps are read",
    arguments: [
      ("2021-02-10", 1_612_915_200_000_000), (" 2021-02-10 ", 1_612_915_200_000_000),
      ("2021-02-10T19:30", 1_612_985_400_000_000), ("2021-02-10 19:30:05.25", 1_612_985_405_250_000),
      ("2021-02-10T19:30:00Z", 1_612_985_400_000_000), ("2021-02-10 19:30:00+05:30", 1_612_965_600_000_000),
      ("2021-02-10 19:30:00 -0800", 1_613_014_200_000_000), ("2021-02-10 19:30:00 UTC", 1_612_985_400_000_000),
      ("1969-12-31 23:59:59.9999999", -1),
    ] as [(String, Int64)])
  func timestamps(_ sample: (String, Int64)) { #expect(TextParsing.timestamp(sample.0[...]) == sample.1) }

  @Test(
    "what is no timestamp is none",
    arguments: [
      "", "2021", "2021-2-1", "2021-02-30", "2021-13-01", "2021-02-10 24:00", "2021-02-10 12:60", "2021-02-10x",
      "2021-02-10 19:30:00.", "2021-02-10 19:30:00 +5", "10/02/2021", "2021-02-10 19", "-2021",
    ])
  func noTimestamps(_ text: String) { #expect(TextParsing.timestamp(text[...]) == nil) }

  @Test("numbers and truth values are read, and nothing else")
  func numbers() {
    #expect(TextParsing.integer(" 12 ") == 12 && TextParsing.integer("+7") == 7 && TextParsing.integer("-0") == 0)
    for text in ["", "1.0", "1 2", "0x10", "９", "9223372036854775808", "1e3"] {
      #expect(TextParsing.integer(text[...]) == nil)
    }
    #expect(TextParsing.double("1e3") == 1000 && TextParsing.double(".5") == 0.5)
    #expect(TextParsing.double("-inf") == -.infinity && TextParsing.double("nan")?.isNaN == true)
    for text in ["", "1,5", "0x1p3", "1.5x", "--1"] { #expect(TextParsing.double(text[...]) == nil) }
    #expect(
      TextParsing.boolean("YES") == true && TextParsing.boolean(" f ") == false && TextParsing.boolean("2") == nil)
    #expect(TextParsing.list(#"["a", "b\n\u00e9\ud83d\ude00"]"#, of: .text) == [.text("a"), .text("b\né😀")])
    for text in ["", "[", "[1]", #"["a""#, #"["a"] x"#, #"["\ud83d"]"#] {
      #expect(TextParsing.list(text[...], of: .text) == nil)
    }
    #expect(TextParsing.list("[ ]", of: .text) == [])
  }
}
