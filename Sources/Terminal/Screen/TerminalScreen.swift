import CLibedit
import Glibc

/// What is known of the terminal that the process talks to.
///
/// The facts about the streams and about colour are those of the moment of ``current(colour:)``; the size is asked anew
/// each time, because a window can be resized at any moment.
public struct TerminalScreen: Sendable {
  /// One of the three standard streams.
  public enum Stream: Int32, Sendable {
    /// Standard input.
    case input = 0
    /// Standard output.
    case output = 1
    /// Standard error.
    case error = 2
  }

  /// The width and height in character cells.
  public struct Size: Equatable, Sendable {
    /// Columns, at least 1.
    public let width: Int
    /// Rows, at least 1.
    public let height: Int

    /// A size; what is below 1 becomes 1.
    public init(width: Int, height: Int) {
      self.width = max(1, width)
      self.height = max(1, height)
    }
  }

  /// Whether standard input is a terminal.
  public let inputIsTerminal: Bool
  /// Whether standard output is a terminal.
  public let outputIsTerminal: Bool
  /// Whether standard error is a terminal.
  public let errorIsTerminal: Bool
  /// Whether what goes to standard output is coloured.
  public let usesColour: Bool
  /// Whether what goes to standard error is coloured.
  public let usesColourForErrors: Bool

  /// The facts as they are now.
  public static func current(colour: ColourChoice = .auto) -> TerminalScreen {
    TerminalScreen(
      terminals: [isatty(0) == 1, isatty(1) == 1, isatty(2) == 1], colour: colour,
      environment: Environment.values(["NO_COLOR", "TERM"]))
  }

  init(terminals: [Bool], colour: ColourChoice, environment: [String: String]) {
    inputIsTerminal = terminals.count > 0 && terminals[0]
    outputIsTerminal = terminals.count > 1 && terminals[1]
    errorIsTerminal = terminals.count > 2 && terminals[2]
    usesColour = colour.isOn(isTerminal: outputIsTerminal, environment: environment)
    usesColourForErrors = colour.isOn(isTerminal: errorIsTerminal, environment: environment)
  }

  /// Whether a person types here and sees the answer: both standard input and either output are a terminal.
  public var isInteractive: Bool { inputIsTerminal && (outputIsTerminal || errorIsTerminal) }

  /// Whether `stream` is a terminal.
  public func isTerminal(_ stream: Stream) -> Bool {
    switch stream {
    case .input: inputIsTerminal
    case .output: outputIsTerminal
    case .error: errorIsTerminal
    }
  }

  /// The size of the window: what the terminal says; else `COLUMNS` and `LINES`; else 80 x 24.
  public var size: Size {
    for descriptor in [STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO] {
      var columns: Int32 = 0
      var rows: Int32 = 0
      if nb_window_size(descriptor, &columns, &rows) == 0, columns > 0, rows > 0 {
        return Size(width: Int(columns), height: Int(rows))
      }
    }
    return TerminalScreen.assumedSize(environment: Environment.values(["COLUMNS", "LINES"]))
  }

  static func assumedSize(environment: [String: String]) -> Size {
    func number(_ name: String, otherwise: Int) -> Int {
      guard let value = environment[name].flatMap({ Int($0) }), (1...10_000).contains(value) else { return otherwise }
      return value
    }
    return Size(width: number("COLUMNS", otherwise: 80), height: number("LINES", otherwise: 24))
  }

  /// The columns that a text takes, what is not shown as it is spelt out.
  public static func width(of text: String) -> Int { DisplayWidth.of(text) }

  /// `text` in `style` when what goes to `stream` is coloured, plain otherwise.
  public func styled(_ text: String, _ style: Style, for stream: Stream = .output) -> String {
    style.apply(to: text, colour: stream == .error ? usesColourForErrors : usesColour)
  }
}
