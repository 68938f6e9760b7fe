import Glibc

/// The terminal's second screen, on which a program may draw without losing what stands on the first.
public enum AlternateScreen {
  /// Shows it, and hides the cursor.
  public static func begin() { write("\u{1B}[?1049h\u{1B}[?25l") }

  /// Empties it and goes to its corner.
  public static func clear() { write("\u{1B}[H\u{1B}[2J") }

  /// Shows the first screen again, with its cursor.
  public static func end() { write("\u{1B}[?25h\u{1B}[?1049l") }

  private static func write(_ text: String) { Descriptor.writeAll(text, to: STDOUT_FILENO) }
}
