/// Parts of the language that generated queries may use, so that one that breaks can be left out while others are tried.
enum Feature: String, CaseIterable {
  case integerDivision
  case windows
  case recursion

  /// `NOTICEBOOK_DIFFERENTIAL_WITHOUT` lists those that are left out, with commas between them.
  private static let left = Set(
    (Setting.text("NOTICEBOOK_DIFFERENTIAL_WITHOUT") ?? "").split(separator: ",").map(
      String.init))

  static func isEnabled(_ feature: Feature) -> Bool { !left.contains(feature.rawValue) }
}
