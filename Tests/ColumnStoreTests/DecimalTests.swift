import Testing

@testable import ColumnStore

@Suite("Decimals") struct DecimalTests {
  @Test(
    "texts and numbers go both ways",
    arguments: [
      ("1.50", 150, 2, "1.50"), ("-0.05", -5, 2, "-0.05"), ("+7", 7, 0, "7"), ("007.10", 710, 2, "7.10"),
      (".5", 5, 1, "0.5"),
      ("5.", 5, 0, "5"), ("1e3", 1000, 0, "1000"), ("1.25E1", 125, 1, "12.5"), ("1e-3", 1, 3, "0.001"),
      ("-0.00", 0, 2, "0.00"),
      (" 12 ", 12, 0, "12"),
      ("123456789012345678901234567890.12345678", 0, 8, "123456789012345678901234567890.12345678"),
      ("1000000000000000000", 1_000_000_000_000_000_000, 0, "1000000000000000000"),
      ("1000000000000000000.0", 0, 1, "1000000000000000000.0"), ("0.000000000000000000", 0, 18, "0.000000000000000000"),
      ("0.0000000000000000001", 1, 19, "0.0000000000000000001"),
    ] as [(String, Int64, Int, String)])
  func texts(_ sample: (text: String, units: Int64, scale: Int, written: String)) throws {
    let number = try #require(Decimal(sample.text[...]))
    #expect(number.scale == sample.scale)
    if sample.units != 0 { #expect(number.units == Int128(sample.units)) }
    #expect(number.description == sample.written)
  }

  @Test(
    "what is no number is none",
    arguments: [
      "", " ", "-", ".", "e5", "1e", "1e+", "1 2", "1,5", "0x1", "nan", "1.2.3", "--1", "1e99999999999999999999",
      "100000000000000000000000000000000000000", "0.000000000000000000000000000000000000001",
    ])
  func noNumbers(_ text: String) { #expect(Decimal(text[...]) == nil) }

  @Test(
    "digits that a type lacks are rounded, halves away from zero; too many before the point do not fit",
    arguments: [
      ("1.005", 4, 2, "1.01"), ("-1.005", 4, 2, "-1.01"), ("1.0049999", 4, 2, "1.00"), ("99.994", 4, 2, "99.99"),
      ("99.995", 4, 2, nil), ("0.5", 1, 0, "1"), ("0.4999", 1, 0, "0"), ("9.5", 1, 0, nil), ("1e400", 38, 0, nil),
      ("1e-400", 38, 38, "0.00000000000000000000000000000000000000"), ("0e400", 2, 1, "0.0"),
      ("99999999999999999999999999999999999999.4", 38, 0, "99999999999999999999999999999999999999"),
      ("99999999999999999999999999999999999999.5", 38, 0, nil), ("0.05", 1, 1, "0.1"), ("0.004", 1, 1, "0.0"),
    ] as [(String, Int, Int, String?)])
  func rounding(_ sample: (text: String, precision: Int, scale: Int, wanted: String?)) {
    let found = Decimal(sample.text[...], precision: sample.precision, scale: sample.scale)
    #expect(found?.description == sample.wanted)
  }

  /// The digits of a number as text, and where its point stands: the slow model.
  private func rescaledText(_ units: Int128, _ scale: Int, to newScale: Int) -> String {
    var digits = String(units.magnitude).map { Int(String($0)) ?? 0 }
    while digits.count <= scale { digits.insert(0, at: 0) }
    digits += Array(repeating: 0, count: max(0, newScale - scale))
    let dropped = max(0, scale - newScale)
    let isUp = dropped > 0 && digits[digits.count - dropped] >= 5
    digits.removeLast(dropped)
    if isUp {
      digits.insert(0, at: 0)
      var place = digits.count - 1
      while digits[place] == 9 {
        digits[place] = 0
        place -= 1
      }
      digits[place] += 1
    }
    while digits.count > newScale + 1, digits[0] == 0 { digits.removeFirst() }
    var text = digits.map(String.init).joined()
    if newScale > 0 { text.insert(".", at: text.index(text.endIndex, offsetBy: -newScale)) }
    return units < 0 && digits.contains { $0 != 0 } ? "-" + text : text
  }

  @Test("other numbers of digits: as digits of a text would be rounded")
  func rescaling() {
    var state: UInt64 = 7
    func random() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 16
    }
    for _ in 0..<20_000 {
      let digits = Int(random() % 30)
      let units = Int128(random()) * Int128(random()) % Decimal.powersOfTen[digits] * (random() % 2 == 0 ? 1 : -1)
      let scale = Int(random() % 20)
      let newScale = Int(random() % 25)
      let number = Decimal(units: units, scale: scale)
      let found = number.rescaled(precision: 38, scale: newScale)
      if digits - scale + newScale > 37 { continue }
      #expect(found?.description == rescaledText(units, scale, to: newScale))
      #expect(Decimal(number.description[...]) == number)
      #expect(number.double == Double(number.description))
    }
  }

  @Test("types by their names")
  func typeNames() {
    for (name, wanted) in [
      ("decimal(10,2)", DataType.decimal(precision: 10, scale: 2)), ("NUMERIC ( 5 )", .decimal(precision: 5, scale: 0)),
      ("dec", .decimal(precision: 18, scale: 3)), ("time", .time), ("interval", .interval),
      ("integer[]", .list(.integer)),
      ("list(integer)", .list(.integer)), ("int [] []", .list(.list(.integer))), ("list", .textList),
      ("varchar(20)", .text),
      ("decimal(4,1)[]", .list(.decimal(precision: 4, scale: 1))), ("list(list(date))", .list(.list(.date))),
      ("timestamp(3) with time zone", .timestamp),
    ] { #expect(DataType(named: name) == wanted) }
    for name in [
      "", "decimal(39,2)", "decimal(0)", "decimal(5,6)", "decimal(5,-1)", "decimal(1,2,3)", "decimal(x)", "decimal(",
      "[]",
      "list()", "row(a)", String(repeating: "list(", count: 1000) + "int" + String(repeating: ")", count: 1000),
    ] { #expect(DataType(named: name) == nil) }
    for type in ColumnTests.types { #expect(DataType(named: type.name) == type) }
  }
}
