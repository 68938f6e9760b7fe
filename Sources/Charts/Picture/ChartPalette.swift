/// The colours of pictures.
enum ChartPalette {
  /// The colours of series: those of M. Okabe and K. Ito, "Color Universal Design" (2008), which people with any kind of
  /// colour vision tell apart; grey in place of black, which a dark background swallows, and no yellow.
  static let series = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#999999"]

  /// The colour of a series.
  static func series(_ number: Int) -> String { series[number % series.count] }

  /// A shade from light to dark, for a part of 0 to 1: from and to a blue of C. A. Brewer's "Blues" (2003).
  static func shade(_ part: Double) -> String {
    let (light, dark) = ([222.0, 235, 247], [8.0, 69, 148])
    let mixed = zip(light, dark).map { Int(($0 + ($1 - $0) * min(max(part, 0), 1)).rounded()) }
    return "rgb(\(mixed.map(String.init).joined(separator: ",")))"
  }

  /// How lines are broken, so that they can be told apart without colour.
  static let dashes = ["", "8 3", "2 3", "8 3 2 3", "12 4", "4 4", "1 4"]

  /// Everything else, on light paper and on dark.
  static let sheet = """
    <style>
    .paper{fill:#ffffff}text{fill:#1f2328;font-family:sans-serif;font-size:13px}
    .title{font-size:16px;font-weight:bold}.label{font-weight:bold}.note,.tick{font-size:12px;fill:#57606a}
    .axis{stroke:#57606a;fill:none}.grid{stroke:#d0d7de;fill:none}.whisker{stroke:#1f2328;stroke-width:1.5;fill:none}
    .data{opacity:0;font-size:1px}
    @media (prefers-color-scheme:dark){.paper{fill:#0d1117}text{fill:#e6edf3}.note,.tick{fill:#9198a1}
    .axis{stroke:#9198a1}.grid{stroke:#30363d}.whisker{stroke:#e6edf3}}
    </style>

    """
}
