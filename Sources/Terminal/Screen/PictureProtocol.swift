/// How a terminal takes pictures, where it says that it does.
public enum PictureProtocol: Sendable {
  /// Kitty's graphics protocol, which takes PNG.
  case kitty
  /// DEC's sixels.
  case sixel

  /// What asks a terminal for Kitty's protocol: whether it would show one pixel. Only terminals are asked that are known to
  /// read such a question, or not to show what they cannot read.
  static func question(_ environment: (String) -> String?) -> String {
    let names = [environment("TERM"), environment("TERM_PROGRAM")].compactMap { $0?.lowercased() }
    let known = ["kitty", "ghostty", "wezterm", "konsole", "foot", "contour"]
    let isKnown =
      environment("KITTY_WINDOW_ID") != nil || names.contains { name in known.contains { name.contains($0) } }
    // A multiplexer stands between: what it lets through it does not keep.
    let isInside = environment("TMUX") != nil || environment("STY") != nil
    return isKnown && !isInside ? "\u{1B}_Gi=69,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\" : ""
  }

  /// The protocol that an answer tells of, written behind Escape: to the question above, or to DEC's "Primary Device
  /// Attributes", among which 4 stands for sixels.
  init?(answer: String) {
    if answer.hasPrefix("_Gi=69;OK") {
      self = .kitty
    } else if answer.hasPrefix("[?"), answer.hasSuffix("c"),
      answer.dropFirst(2).dropLast().split(separator: ";").dropFirst().contains("4")
    {
      self = .sixel
    } else {
      return nil
    }
  }
}
