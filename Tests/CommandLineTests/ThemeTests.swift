import Formats
import Glibc
import Notebook
import Terminal
import Testing

@testable import noticebook

@Suite("Themes") struct ThemeTests {
  @Test func theGroundChoosesWhereTheSettingLeavesItToIt() {
    #expect(Theme.theme(for: .auto, on: .light, hasPalette: true) == .light)
    #expect(Theme.theme(for: .auto, on: .dark, hasPalette: true) == .dark)
    #expect(Theme.theme(for: .auto, on: nil, hasPalette: true) == .own)
    #expect(Theme.theme(for: .dark, on: .light, hasPalette: true) == .dark)
    #expect(Theme.theme(for: .light, on: nil, hasPalette: false) == .own)
    #expect(Theme.theme(for: .none, on: .light, hasPalette: false) == .none)
  }

  @Test func withoutAThemeNothingHasAStyle() {
    for kind in [Presentation.SpanKind.header, .type, .bar, .series(2), .escape] {
      #expect(Theme.none.styled(kind, "x") == "x")
    }
  }

  /// Red, green and blue from 0 to 1 of a colour from 16 on of xterm's palette: a cube of six steps each, then greys.
  private func components(_ colour: UInt8) -> [Double] {
    let number = Int(colour) - 16
    guard number < 216 else { return Array(repeating: Double(8 + 10 * (number - 216)) / 255, count: 3) }
    let steps: [Int] = [number / 36, number / 6 % 6, number % 6]
    return steps.map { step -> Double in step == 0 ? 0 : Double(55 + 40 * step) / 255 }
  }

  private func luminance(_ components: [Double]) -> Double {
    let linear = components.map { value in
      value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  /// The least contrast with grounds that are usual: black and white, and those of well-known editors.
  @Test(arguments: Theme.Hue.allCases) func everyHueStandsOut(_ hue: Theme.Hue) throws {
    let grounds: [(Theme, [[Double]])] = [
      (.dark, [[0, 0, 0], [0x1E, 0x1E, 0x1E], [0x00, 0x2B, 0x36], [0x28, 0x2C, 0x34]]),
      (.light, [[255, 255, 255], [0xFD, 0xF6, 0xE3], [0xFA, 0xFA, 0xFA]]),
    ]
    for (theme, colours) in grounds {
      let letter = luminance(components(try #require(theme.style(hue).colour)))
      for colour in colours {
        let ground = luminance(colour.map { $0 / 255 })
        let contrast = (max(letter, ground) + 0.05) / (min(letter, ground) + 0.05)
        #expect(contrast >= 4.5, "\(theme) \(hue) on \(colour): \(contrast)")
      }
    }
  }

  @Test func theOtherLinesOfAStatementAreAsFarToTheRight() {
    #expect(Interactive.continuation(of: "noticebook> ") == "       ...> ")
    #expect(Interactive.continuation(of: "日本> ") == " ...> ")
    #expect(Interactive.continuation(of: "> ") == "  ")
    #expect(Interactive.continuation(of: "") == "")
  }
}
