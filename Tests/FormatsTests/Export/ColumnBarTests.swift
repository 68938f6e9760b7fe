import ColumnStore
import Formats
import Testing

@Suite struct ColumnBarTests {
  private func box(
    _ table: Table, _ bars: [String: Presentation.Bar], _ change: (inout Presentation) -> Void = { _ in }
  )
    throws -> String
  {
    var presentation = Presentation()
    presentation.bars = bars
    presentation.percentDecimals = ["share": 1]
    change(&presentation)
    return try BoxFormat().text(table, presentation: presentation)
  }

  private func doubles(_ numbers: Double?...) -> [Value] { numbers.map { $0.map { .double($0) } ?? .null } }

  /// The scale ends at 50 %, the least of 1, 2, 5, 10 ... that takes all: 20 cells, so that 1.25 % is half a cell.
  @Test func barsEndInEighthsOfACell() throws {
    let shares = table(("share", .double, doubles(0.5, 0.25, 0.0125, 0.00001, 0, nil)))
    #expect(
      try box(shares, ["share": .init()]) == """
        ╭─────────────────────────────╮
        │  share                      │
        │ double 0                50% │
        ├─────────────────────────────┤
        │  50.0% ████████████████████ │
        │  25.0% ██████████           │
        │   1.3% ▌                    │
        │   0.0% ▏                    │
        │   0.0%                      │
        │   NULL                      │
        ╰─────────────────────────────╯
        6 rows  1 column

        """)
  }

  /// One cell is 5 %: 25 % to 75 % are the cells 5 to 14; 88 % to 92 % lie in two, where no interval can be drawn.
  @Test func intervalsAreWhiskers() throws {
    let shares = table(
      ("share", .double, doubles(0.5, nil, nil, 0.9, 0.02, nil)),
      ("low", .double, doubles(0.25, 0.1, 0.8, 0.88, 0, nil)),
      ("high", .double, doubles(0.75, 0.3, nil, 0.92, 0.2, nil)))
    let whiskers = ["share": Presentation.Bar(low: "low", high: "high")]
    let text = try box(shares, whiskers)
    for row in [
      "│  50.0% █████├────┼───┤      │",
      "│   NULL ██├──┤               │",
      "│   NULL ████████████████├─── │",
      "│  90.0% ██████████████████   │",
      "│   2.0% ├──┤                 │",
      "│   NULL                      │",
    ] {
      #expect(text.contains(row), "\(row)")
    }
    let plain = try box(shares, whiskers) { $0.unicode = false }
    #expect(plain.contains(" #####|----+---|      |"))
    #expect(plain.contains(" ################|--- |"))
    #expect(plain.contains(" ##################   |"))
  }

  @Test func barsOfCountsHaveTheCountOfTheirScale() throws {
    let counts = table(("count", .integer, [.integer(1200), .integer(0), .integer(600)]))
    let text = try box(counts, ["count": .init()])
    #expect(text.contains("│ integer 0              2,000 │"))
    #expect(text.contains("│   1,200 ████████████         │"))
    #expect(text.contains("│       0                      │"))
  }

  @Test func barsGoFirstWhereThereIsNoRoom() throws {
    let shares = table(("what", .text, [.text("withheld")]), ("share", .double, doubles(0.5)))
    // 13 cells with `what`, 9 with `share`: from 22 + 1 + 8 on there is room for a bar.
    for width in 22...60 {
      let text = try box(shares, ["share": .init()]) { $0.width = width }
      let lines = text.split(separator: "\n").prefix(6)
      #expect(lines.allSatisfy { displayWidth(String($0)) <= width })
      #expect(text.contains("█") == (width >= 30), "\(width)")
    }
  }

  @Test func nothingIsDrawnForWhatIsNoAmount() throws {
    let odd = table(("share", .double, doubles(-1, .nan, .infinity, nil)))
    #expect(try box(odd, ["share": .init()]) == (try box(odd, [:])))
    let mixed = try box(table(("share", .double, doubles(-1, 0.5))), ["share": .init()])
    #expect(mixed.contains("│ -100.0%                      │") && mixed.contains("50.0% ████████████████████ │"))
  }
}
