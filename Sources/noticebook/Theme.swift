import Formats
import Glibc
import Notebook
import Synchronization
import Terminal

/// What has which colour.
///
/// Where it is not known what the terminal's ground is, or it knows but few colours, they are the terminal's own, which
/// suit a dark window as well as a light one. Those of ``dark`` and ``light`` stand out from such grounds by a contrast of
/// 4.5 and more (Web Content Accessibility Guidelines 2.2, 1.4.3).
enum Theme: Int, CaseIterable {
  /// No colours.
  case none
  /// The terminal's own.
  case own
  /// For dark grounds.
  case dark
  /// For light grounds.
  case light

  /// What stands out in some way, in each theme with a colour of its own.
  enum Hue: CaseIterable {
    case red, green, yellow, blue, paleBlue, magenta, cyan, grey
  }

  private static let chosen = Atomic<Int>(Theme.own.rawValue)

  /// The theme that there is now. From any thread.
  static var inForce: Theme { Theme(rawValue: chosen.load(ordering: .relaxed)) ?? .own }

  /// Chooses a theme for what is wanted and what the terminal is.
  static func choose(_ choice: ThemeChoice, on ground: Ground?) {
    chosen.store(theme(for: choice, on: ground, hasPalette: hasPalette).rawValue, ordering: .relaxed)
  }

  static func theme(for choice: ThemeChoice, on ground: Ground?, hasPalette: Bool) -> Theme {
    if choice == .none { return .none }
    guard hasPalette else { return .own }
    return switch (choice, ground) {
    case (.light, _), (.auto, .light): .light
    case (.dark, _), (.auto, .dark): .dark
    default: .own
    }
  }

  /// Whether the terminal has the 256 colours of xterm.
  private static let hasPalette: Bool = {
    let terminal = getenv("TERM").map { String(cString: $0) } ?? ""
    let known = ["alacritty", "foot", "kitty", "wezterm", "ghostty", "contour"].contains { terminal.contains($0) }
    return known || terminal.contains("256") || terminal.contains("direct") || getenv("COLORTERM") != nil
  }()

  /// The colour of a hue; nothing where there are none.
  func style(_ hue: Hue) -> Style {
    switch self {
    case .none: []
    case .own: Theme.ownStyle(hue)
    case .dark: Style(palette: Theme.darkColour(hue))
    case .light: Style(palette: Theme.lightColour(hue))
    }
  }

  private static func ownStyle(_ hue: Hue) -> Style {
    switch hue {
    case .red: .red
    case .green: .green
    case .yellow: .yellow
    case .blue, .paleBlue: .blue
    case .magenta: .magenta
    case .cyan: .cyan
    case .grey: .dim
    }
  }

  private static func darkColour(_ hue: Hue) -> UInt8 {
    switch hue {
    case .red: 210
    case .green: 114
    case .yellow: 179
    case .blue: 75
    case .paleBlue: 117
    case .magenta: 176
    case .cyan: 80
    case .grey: 246
    }
  }

  private static func lightColour(_ hue: Hue) -> UInt8 {
    switch hue {
    case .red: 124
    case .green: 22
    case .yellow: 94
    case .blue: 25
    case .paleBlue: 24
    case .magenta: 90
    case .cyan: 23
    case .grey: 241
    }
  }

  private var bold: Style { self == .none ? [] : .bold }
  private var underline: Style { self == .none ? [] : .underline }

  /// A part of a statement.
  func style(_ kind: SessionHighlighter.Kind) -> Style {
    switch kind {
    case .keyword: style(.magenta)
    case .table: [bold, style(.blue)]
    case .column: style(.paleBlue)
    case .function: style(.cyan)
    case .string: style(.green)
    case .number, .parameter: style(.yellow)
    case .path: underline
    case .symbol: []
    case .comment: style(.grey)
    case .unknownName: [style(.red), underline]
    case .fault: [bold, style(.red)]
    }
  }

  /// A part of a result.
  func style(_ kind: Presentation.SpanKind) -> Style {
    switch kind {
    case .header: bold
    case .type, .null, .border, .foot: style(.grey)
    case .escape: style(.yellow)
    case .bar: style(.cyan)
    case .series(let number): self == .none ? [] : Style(palette: Theme.series[number % Theme.series.count])
    case .number: []
    }
  }

  /// A part of a result in its colour.
  func styled(_ kind: Presentation.SpanKind, _ text: String) -> String { style(kind).apply(to: text, colour: true) }

  /// Of the 256 colours that terminals have those nearest to M. Okabe's and K. Ito's, "Color Universal Design" (2008),
  /// which people with any kind of colour vision tell apart; grey in place of black, and no yellow, which not every background shows.
  private static let series: [UInt8] = [32, 214, 36, 175, 166, 74, 245]

  /// A warning.
  var warning: Style { style(.yellow) }

  /// A diagnostic with its first word and its carets in red.
  func error(_ text: String, _ screen: TerminalScreen) -> String {
    guard screen.usesColourForErrors else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let isCarets = !line.isEmpty && line.allSatisfy { $0 == " " || $0 == "^" || $0 == "\t" }
      if isCarets || line.contains("error: ") { return screen.styled(String(line), style(.red), for: .error) }
      return line.hasPrefix("help: ") ? screen.styled(String(line), style(.cyan), for: .error) : String(line)
    }.joined(separator: "\n")
  }
}
