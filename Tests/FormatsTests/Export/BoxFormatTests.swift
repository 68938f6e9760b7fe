import ColumnStore
import Formats
import Testing

@Suite struct BoxFormatTests {
  private func box(_ table: Table, _ change: (inout Presentation) -> Void = { _ in }) throws -> String {
    var presentation = Presentation()
    change(&presentation)
    return try BoxFormat().text(table, presentation: presentation)
  }

  @Test func drawsNamesTypesRowsAndFoot() throws {
    let orders = table(
      ("country", .text, [.text("India"), .null]), ("requested", .integer, [.integer(257), .integer(11_780)]))
    #expect(
      try box(orders) { $0.elapsedSeconds = 0.0123 } == """
        ╭─────────┬───────────╮
        │ country │ requested │
        │ text    │   integer │
        ├─────────┼───────────┤
        │ India   │       257 │
        │ NULL    │    11,780 │
        ╰─────────┴───────────╯
        2 rows  2 columns  0.012 s

        """)
  }

  @Test func boundsAreGroupedAndRoundedAwayFromWhatTheyBound() throws {
    let counts = ["1178", "500+", "0-499", "20000-29999", "1500~"].map {
      BoundedCount($0).map { .count($0) } ?? Value.null
    }
    let ratios: [Value] = [0.71367, 0.29, 0.5, 0, 1].map { .double($0) }
    let shares = table(("n", .count, counts), ("low", .double, ratios), ("high", .double, ratios))
    #expect(
      try box(shares) {
        $0.percentDecimals = ["low": 1, "high": 1]
        $0.percentRounding = ["low": .down, "high": .up]
      } == """
        ╭───────────────┬────────┬────────╮
        │             n │    low │   high │
        │         count │ double │ double │
        ├───────────────┼────────┼────────┤
        │         1,178 │  71.3% │  71.4% │
        │          500+ │  29.0% │  29.0% │
        │         0-499 │  50.0% │  50.0% │
        │ 20,000-29,999 │   0.0% │   0.0% │
        │        1,500~ │ 100.0% │ 100.0% │
        ╰───────────────┴────────┴────────╯
        5 rows  3 columns

        """)
  }

  @Test func drawsWithASCIIOnly() throws {
    #expect(
      try box(table(("n", .integer, [.integer(1)]))) { $0.unicode = false } == """
        +---------+
        |       n |
        | integer |
        +---------+
        |       1 |
        +---------+
        1 row  1 column

        """)
  }

  @Test func groupsDigitsOnlyWhereTheyCount() throws {
    let big: [Value] = [.integer(1_234_567), .integer(1999)]
    let text = try box(table(("n", .integer, big), ("account_id", .integer, big), ("fiscal year", .integer, big)))
    #expect(text.contains("│ 1,234,567 │    1234567 │     1234567 │"))
    #expect(text.contains("│     1,999 │       1999 │        1999 │"))
    // Years stay as they are under any name, as long as nothing larger stands in the column.
    #expect(try box(table(("since", .integer, [.integer(2021)]))).contains("│    2021 │"))
  }

  @Test func alignsDoublesAtThePoint() throws {
    let doubles = table(("d", .double, [.double(1.5), .double(10), .null, .double(-0.125), .double(20_000.25)]))
    #expect(
      try box(doubles) == """
        ╭────────────╮
        │          d │
        │     double │
        ├────────────┤
        │      1.5   │
        │     10     │
        │       NULL │
        │     -0.125 │
        │ 20,000.25  │
        ╰────────────╯
        5 rows  1 column

        """)
  }

  @Test func followsHints() throws {
    let shares = table(
      ("share", .double, [.double(1.0 / 3), .double(2.0 / 3)]), ("d", .double, [.double(2), .double(0.55)]))
    let percent = try box(shares) {
      $0.percentDecimals = ["share": 1]
      $0.decimals = ["d": 2]
      $0.alignments = ["share": .left]
    }
    #expect(percent.contains("│ 33.3%  │   2.00 │"))
    #expect(percent.contains("│ 66.7%  │   0.55 │"))
    let given = try box(shares) { $0.displayTexts = ["share": ["33.4 %", "66.6 %"]] }
    #expect(given.contains("│ 33.4 % │"))
  }

  @Test func measuresWideAndCombiningCharacters() throws {
    let texts = table(("t", .text, [.text("日本"), .text("e\u{301}"), .text("👩‍👩‍👧!"), .text("🇮🇳")]))
    #expect(
      try box(texts) == """
        ╭──────╮
        │ t    │
        │ text │
        ├──────┤
        │ 日本 │
        │ e\u{301}    │
        │ 👩‍👩‍👧!  │
        │ 🇮🇳   │
        ╰──────╯
        4 rows  1 column

        """)
  }

  @Test func neverLetsDataMoveTheCursor() throws {
    let text = try box(table(("a\nb", .text, [.text("x\u{1B}[2J\r\n\u{202E}y")])))
    #expect(text.contains("│ a\\nb                │"))
    #expect(text.contains("│ x\\e[2J\\r\\n\\u{202e}y │"))
  }

  @Test func showsFirstAndLastRowsAndSaysHowMany() throws {
    let numbers = table(("n", .integer, (1...2000).map { .integer(Int64($0)) }))
    #expect(
      try box(numbers) { $0.maxRows = 5 } == """
        ╭─────────╮
        │       n │
        │ integer │
        ├─────────┤
        │       1 │
        │       2 │
        │       3 │
        │       ⋮ │
        │    1999 │
        │    2000 │
        ╰─────────╯
        2,000 rows (5 shown)  1 column

        """)
  }

  @Test func showsAllRowsWhenTheyAreNoMoreThanTheLimit() throws {
    let text = try box(table(("n", .integer, [.integer(1), .integer(2)]))) { $0.maxRows = 2 }
    #expect(!text.contains("⋮") && text.hasSuffix("2 rows  1 column\n"))
  }

  @Test func showsNamesWithoutRowsAndAFootWithoutColumns() throws {
    #expect(
      try box(table(("n", .integer, []))) == """
        ╭─────────╮
        │       n │
        │ integer │
        ├─────────┤
        ╰─────────╯
        0 rows  1 column

        """)
    #expect(try box(Table([])) == "0 rows  0 columns\n")
  }

  @Test func cutsLongTextsToTheWidthAndSaysSo() throws {
    let wide = table(
      ("n", .integer, [.integer(1)]), ("t", .text, [.text(String(repeating: "word ", count: 60))]))
    let text = try box(wide) { $0.width = 40 }
    #expect(
      text == """
        ╭─────────┬────────────────────────────╮
        │       n │ t                          │
        │ integer │ text                       │
        ├─────────┼────────────────────────────┤
        │       1 │ word word word word word … │
        ╰─────────┴────────────────────────────╯
        1 row  2 columns  texts cut at …

        """)
  }

  @Test func writesLongNamesOverSeveralLinesBeforeItTakesAnythingAway() throws {
    let values = [Value.integer(12)]
    let wide = table(
      ("n", .integer, values), ("accounts_specified", .integer, values), ("tweets withheld", .integer, values))
    #expect(
      try box(wide) { $0.width = 35 } == """
        ╭─────────┬───────────┬───────────╮
        │         │ accounts_ │    tweets │
        │       n │ specified │  withheld │
        │ integer │   integer │   integer │
        ├─────────┼───────────┼───────────┤
        │      12 │        12 │        12 │
        ╰─────────┴───────────┴───────────╯
        1 row  3 columns

        """)
  }

  @Test func cutsANameWithoutBreaksInTheMiddle() throws {
    let name = "accountsSpecifiedByTheGovernment"
    #expect(
      try box(table((name, .integer, [.integer(1)]))) { $0.width = 24 } == """
        ╭──────────────────────╮
        │ accountsSp…overnment │
        │              integer │
        ├──────────────────────┤
        │                    1 │
        ╰──────────────────────╯
        1 row  1 column
        texts cut at …

        """)
  }

  @Test func leavesOutMiddleColumnsAndSaysSo() throws {
    let columns = (1...9).map { (name: "n\($0)", column: Column(type: .integer, values: [.integer(1_000_000_001)])) }
    let text = try box(Table(columns)) { $0.width = 53 }
    #expect(text.contains("│            n1 │            n2 │ … │            n9 │"))
    #expect(text.contains("1 row  9 columns (3 shown)"))
  }

  @Test func neverExceedsTheWidth() throws {
    let names = (0..<14).map {
      (name: "quite_a_long_name_\($0)", column: Column(type: .text, values: [.text("日本語 text")]))
    }
    for width in [20, 33, 40, 80, 81, 120, 200] {
      let text = try box(Table(names)) { $0.width = width }
      #expect(text.split(separator: "\n").allSatisfy { displayWidth(String($0)) <= width })
    }
  }

  @Test func neverCutsANumber() throws {
    let text = try box(table(("n", .integer, [.integer(123_456_789_012)]))) { $0.width = 10 }
    #expect(text.split(separator: "\n")[4] == "│      … │")
    #expect(text.hasSuffix("texts cut\nat …\n"))
  }

  @Test func givesSpansToTheStyleWithoutChangingWidths() throws {
    let text = try box(table(("n", .text, [.null, .text("a\tb")]))) {
      $0.style = { kind, text in
        switch kind {
        case .header: "<b>\(text)</b>"
        case .null: "<i>\(text)</i>"
        case .escape: "<u>\(text)</u>"
        default: text
        }
      }
      $0.notes = ["a note"]
    }
    #expect(text.contains("│ <b>n</b>    │"))
    #expect(text.contains("│ <i>NULL</i> │"))
    #expect(text.contains("│ <u>a\\tb</u> │"))
    #expect(text.hasSuffix("2 rows  1 column\nnote: a note\n"))
  }

  @Test func cutsTheMiddleWhereTheEndsTellTheTextsApart() throws {
    let paths = table(("p", .text, [.text("https://example.org/notices/17"), .text("https://example.org/notices/18")]))
    let text = try box(paths) { $0.width = 24 }
    #expect(text.contains("│ https://ex…otices/17 │"))
    // In prose the start says most, as long as it tells as much.
    let prose = table(("p", .text, [.text("withheld in one country"), .text("suspended for all to see")]))
    let words = try box(prose) { $0.width = 20 }
    #expect(words.contains("│ withheld in one… │") && words.contains("│ suspended for a… │"))
  }

  /// 44 cells: `id` takes 7, both numbers 14 each, each gap 4, and the left border 1.
  @Test func leavesOutRemarksAndEmptyColumnsFirst() throws {
    let wide = table(
      ("id", .text, [.text("c1")]), ("remark", .text, [.text("as the paper said")]),
      ("asked", .integer, [.integer(123_456_789)]), ("nothing", .text, [.null]),
      ("withheld", .integer, [.integer(123_456_789)]))
    #expect(
      try box(wide) { $0.width = 44 } == """
        ╭──────┬───┬─────────────┬───┬─────────────╮
        │ id   │ … │       asked │ … │    withheld │
        │ text │ … │     integer │ … │     integer │
        ├──────┼───┼─────────────┼───┼─────────────┤
        │ c1   │ … │ 123,456,789 │ … │ 123,456,789 │
        ╰──────┴───┴─────────────┴───┴─────────────╯
        1 row  5 columns (3 shown)

        """)
  }

  @Test func saysHowToSeeWhatIsNotThere() throws {
    let numbers = table(("n", .integer, (1...9).map { .integer($0) }))
    let cut = try box(numbers) {
      $0.maxRows = 2
      $0.hintOfMore = "_ shows all"
      $0.remarks = ["a remark"]
    }
    #expect(cut.hasSuffix("9 rows (2 shown)  1 column  a remark  _ shows all\n"))
    #expect(try box(numbers) { $0.hintOfMore = "_ shows all" }.hasSuffix("9 rows  1 column\n"))
  }

  @Test func repeatsNamesForAReaderOfOneWindowAtATime() throws {
    let numbers = table(("n", .text, ["a", "b", "c"].map { .text($0) }))
    #expect(
      try box(numbers) { $0.rowsBetweenHeaders = 2 } == """
        ╭──────╮
        │ n    │
        │ text │
        ├──────┤
        │ a    │
        │ b    │
        ├──────┤
        │ n    │
        │ text │
        ├──────┤
        │ c    │
        ╰──────╯
        3 rows  1 column

        """)
  }

  @Test func tellsAMissingValueFromATextThatReadsLikeOne() throws {
    let texts = table(("t", .text, [.text("NULL"), .null, .text("null")]))
    #expect(try box(texts).contains("│ 'NULL' │\n│ NULL   │\n│ null   │"))
    #expect(try box(texts) { $0.nullText = "-" }.contains("│ NULL │\n│ -    │"))
    #expect(try LineFormat().text(texts).hasPrefix("t = 'NULL'\n\nt = NULL\n"))
  }
}
