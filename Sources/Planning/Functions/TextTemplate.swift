import ColumnStore
import Language

/// A text with places for values: `'%s: %.1f'` as C's printf has it, with PostgreSQL's `%1$s`, `%I` and `%L`; or where that
/// has no place in it, `'{}: {:.1f}'` as Python's format has it.
public struct TextTemplate: Sendable {
  /// A value and how it is written.
  public struct Place: Sendable {
    /// Where the value stands when it is narrower than the place.
    public enum Alignment: Sendable { case start, middle, end }

    /// Which of the values, counted from 0.
    public var argument = 0
    /// `s` text, `I` a name, `L` a literal, `d` `x` `X` `o` `b` a whole number, `c` a character, `e` `E` `f` `g` `G` a number.
    public var letter: Character = "s"
    /// The least width in characters.
    public var width = 0
    /// Decimal places, significant digits, or the most characters of a text.
    public var precision: Int?
    /// Nil for what the value asks for: numbers at the end.
    public var alignment: Alignment?
    /// What fills the width up.
    public var fill: Character = " "
    /// `+` or a space before numbers that are not negative.
    public var sign = ""
    /// Whether thousands are parted by commas.
    public var isGrouped = false
    /// Whether zeros go between the sign and the digits.
    public var isZeroPadded = false

    /// Whether it takes whole numbers only.
    public var isWhole: Bool { "dxXobc".contains(letter) }
    /// Whether it takes numbers.
    public var isNumber: Bool { isWhole || "eEfgG".contains(letter) }
  }

  /// A piece of a template.
  public enum Piece: Sendable {
    /// What stays as it is.
    case text(String)
    /// A value.
    case place(Place)
  }

  /// Why a template is none.
  struct Unreadable: Error { let what: String }

  private static let widthLimit = 10_000
  private static let precisionLimit = 100

  /// The pieces in order.
  public private(set) var pieces: [Piece] = []

  /// Reads a template; nil for one that cannot be read. Planning has checked those that run.
  public init?(_ template: String) {
    guard let read = try? TextTemplate(reading: template) else { return nil }
    self = read
  }

  private init(reading template: String) throws(Unreadable) {
    do {
      try readPrintf(template)
      if template.contains("{"), !pieces.contains(where: { if case .place = $0 { true } else { false } }) {
        pieces = []
        try readBraces(template)
      }
    } catch {
      guard template.contains("{") else { throw error }
      pieces = []
      try readBraces(template)
    }
  }

  /// Checks a template and the values' types.
  static func check(_ template: String, arguments: [PlanExpression], span: SourceSpan) throws {
    let read: TextTemplate
    do {
      read = try TextTemplate(reading: template)
    } catch {
      throw Diagnostic(
        "`\(error.what)` is no place for a value", at: span,
        help: "places are %s text, %d whole number, %.2f number, %x hexadecimal, %% a percent sign; or {} {0} {:.2f}")
    }
    for case .place(let place) in read.pieces {
      guard place.argument < arguments.count else {
        throw Diagnostic(
          "the template has a place for value \(place.argument + 1), and there \(arguments.count == 1 ? "is" : "are") "
            + "\(arguments.count)", at: span)
      }
      let argument = arguments[place.argument]
      guard place.isNumber, argument.literal != .null else { continue }
      if !argument.type.isNumeric || (place.isWhole && argument.type == .double) {
        throw Diagnostic.wrongType(
          "what `\(place.letter)` writes", expected: place.isWhole ? "an integer" : "a number", found: argument.type,
          span: argument.span)
      }
    }
  }

  // MARK: Reading

  private mutating func append(_ text: String) {
    if !text.isEmpty { pieces.append(.text(text)) }
  }

  private mutating func readPrintf(_ template: String) throws(Unreadable) {
    var rest = template[...]
    var next = 0
    while let start = rest.firstIndex(of: "%") {
      append(String(rest[..<start]))
      rest = rest[start...].dropFirst()
      if rest.first == "%" {
        rest.removeFirst()
        append("%")
        continue
      }
      var place = Place()
      func unreadable() -> Unreadable {
        Unreadable(what: String(template[start..<rest.startIndex]) + String(rest.prefix(1)))
      }
      let ahead = rest
      if let number = TextTemplate.number(&rest), rest.first == "$", number > 0 {
        rest.removeFirst()
        place.argument = number - 1
        next = number
      } else {
        rest = ahead
        place.argument = next
        next += 1
      }
      flags: while let flag = rest.first {
        switch flag {
        case "-": place.alignment = .start
        case "+": place.sign = "+"
        case " ": if place.sign.isEmpty { place.sign = " " }
        case "0": place.isZeroPadded = true
        case ",", "'": place.isGrouped = true
        case "#": break
        default: break flags
        }
        rest.removeFirst()
      }
      try TextTemplate.readSize(&rest, &place, unreadable)
      rest = rest.drop { "hlqjzt".contains($0) }
      guard let letter = rest.first else { throw unreadable() }
      let known = ["i": "d", "u": "d", "F": "f"][letter] ?? letter
      guard "sILdxXocbeEfgG".contains(known) else { throw unreadable() }
      rest.removeFirst()
      place.letter = known
      if !place.isNumber || place.alignment != nil { place.isZeroPadded = false }
      // C puts texts at the end of their place too.
      if place.alignment == nil { place.alignment = .end }
      pieces.append(.place(place))
    }
    append(String(rest))
  }

  private mutating func readBraces(_ template: String) throws(Unreadable) {
    var rest = template[...]
    var next = 0
    while let start = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      append(String(rest[..<start]))
      let bracket = rest[start]
      rest = rest[start...].dropFirst()
      if rest.first == bracket {
        rest.removeFirst()
        append(String(bracket))
        continue
      }
      var place = Place()
      func unreadable() -> Unreadable {
        Unreadable(what: String(template[start..<rest.startIndex]) + String(rest.prefix(1)))
      }
      guard bracket == "{" else { throw unreadable() }
      if let number = TextTemplate.number(&rest) {
        place.argument = number
      } else {
        place.argument = next
        next += 1
      }
      if rest.first == ":" {
        rest.removeFirst()
        let alignments: [Character: Place.Alignment] = ["<": .start, "^": .middle, ">": .end]
        if let second = rest.dropFirst().first, let alignment = alignments[second] {
          place.fill = rest.removeFirst()
          place.alignment = alignment
          rest.removeFirst()
        } else if let first = rest.first, let alignment = alignments[first] {
          place.alignment = alignment
          rest.removeFirst()
        }
        if let sign = rest.first, "+- ".contains(sign) {
          place.sign = sign == "-" ? "" : String(sign)
          rest.removeFirst()
        }
        if rest.first == "0" { place.isZeroPadded = place.alignment == nil }
        let width = TextTemplate.number(&rest) ?? 0
        guard width <= TextTemplate.widthLimit else { throw unreadable() }
        place.width = width
        if let comma = rest.first, comma == "," || comma == "_" {
          place.isGrouped = true
          rest.removeFirst()
        }
        try TextTemplate.readSize(&rest, &place, unreadable)
        if let letter = rest.first, "sdxXocbeEfgG".contains(letter) {
          place.letter = letter
          rest.removeFirst()
        } else if place.isGrouped {
          place.letter = place.precision == nil ? "d" : "f"
        }
      }
      guard rest.first == "}" else { throw unreadable() }
      rest.removeFirst()
      pieces.append(.place(place))
    }
    append(String(rest))
  }

  /// `width.precision`, either left out.
  private static func readSize(
    _ rest: inout Substring, _ place: inout Place, _ unreadable: () -> Unreadable
  ) throws(Unreadable) {
    if let width = number(&rest) { place.width = width }
    if rest.first == "." {
      rest.removeFirst()
      place.precision = number(&rest) ?? 0
    }
    guard place.width <= widthLimit, place.precision ?? 0 <= precisionLimit else { throw unreadable() }
  }

  private static func number(_ rest: inout Substring) -> Int? {
    let digits = rest.prefix { ("0"..."9").contains($0) }
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    return digits.count > 6 ? .max : Int(digits)
  }
}
