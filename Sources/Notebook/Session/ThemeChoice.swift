/// Which colours are wanted, where there are any.
public enum ThemeChoice: String, CaseIterable, Sendable {
  /// Those that suit the terminal's ground, where it is known.
  case auto
  /// Those for dark letters on a light ground.
  case light
  /// Those for light letters on a dark ground.
  case dark
  /// None.
  case none
}
