import ColumnStore
import Formats
import Testing

@Suite struct ReadingFormatsTests {
  private let orders = table(
    ("order", .text, [.text("a|b"), .null]), ("requested", .integer, [.integer(257), .integer(11_780)]),
    ("share", .double, [.double(0.025), .double(0.975)]))

  @Test func writesMarkdownWithNumbersRight() throws {
    var presentation = Presentation()
    presentation.percentDecimals = ["share": 1]
    #expect(
      try MarkdownFormat().text(orders, presentation: presentation) == """
        | order | requested | share |
        | ----- | --------: | ----: |
        | a\\|b  |       257 |  2.5% |
        | NULL  |     11780 | 97.5% |

        """)
  }

  @Test func escapesMarkup() throws {
    let texts: [Value] = [.text("<b>*x*</b>\ny"), .text("a_b _c_"), .text("[l](u) `c` \\")]
    let text = try MarkdownFormat().text(table(("t", .text, texts)))
    #expect(text.contains("| \\<b\\>\\*x\\*\\</b\\><br>y "))
    #expect(text.contains("| a_b \\_c\\_ "))
    #expect(text.contains("| \\[l\\](u) \\`c\\` \\\\ "))
  }

  @Test func writesHTMLWithClassesAndReferences() throws {
    let cells = table(
      ("<n>", .integer, [.integer(1), .null]), ("t", .text, [.text("a & 'b'\n\"c\""), .text("\u{1B}")]))
    #expect(
      try HTMLFormat().text(cells) == """
        <table class="noticebook">
        <thead>
        <tr><th scope="col" class="number integer">&lt;n&gt;</th><th scope="col" class="text">t</th></tr>
        </thead>
        <tbody>
        <tr><td class="number integer">1</td><td class="text">a &amp; &#39;b&#39;<br>&quot;c&quot;</td></tr>
        <tr><td class="number integer null">NULL</td><td class="text">\\e</td></tr>
        </tbody>
        </table>

        """)
  }

  @Test func recordsOfAWindowAreNumberedFoldedAndCounted() throws {
    let records = table(
      ("n", .integer, [.integer(1178)]), ("remark", .text, [.text("under Country Withheld Content in full")]))
    var presentation = Presentation()
    presentation.width = 30
    presentation.remarks = ["a remark that is longer"]
    #expect(
      try LineFormat().text(records, presentation: presentation) == """
        ─ 1 ──────────────────────────
             n = 1,178
        remark = under Country
                 Withheld Content in
                 full
        1 row  2 columns
        a remark that is longer

        """)
    presentation.width = 20
    presentation.remarks = []
    presentation.unicode = false
    #expect(
      try LineFormat().text(records, presentation: presentation) == """
        - 1 ----------------
        n
          1,178
        remark
          under Country
          Withheld Content
          in full
        1 row  2 columns

        """)
  }

  @Test func writesOneLinePerValue() throws {
    #expect(
      try LineFormat().text(
        table(("n", .integer, [.integer(1), .integer(2)]), ("text", .text, [.text("a\nb"), .null])))
          == """
             n = 1
          text = a\\nb

             n = 2
          text = NULL

          """)
  }

  @Test func findsFormatsByNameAndEnding() {
    #expect(
      TableFormats.names == ["box", "csv", "tsv", "json", "ndjson", "markdown", "html", "line"])
    #expect(TableFormats.named("CSV")?.name == "csv")
    #expect(TableFormats.named("md")?.name == "markdown")
    #expect(TableFormats.named("xml") == nil)
    #expect(TableFormats.forExtension("out.csv")?.name == "csv")
    #expect(TableFormats.forExtension("a/b.JSONL")?.name == "ndjson")
    #expect(TableFormats.forExtension("md")?.name == "markdown")
    #expect(TableFormats.forExtension("notes.txt")?.name == "box")
    #expect(TableFormats.forExtension("noending.") == nil)
  }
}
