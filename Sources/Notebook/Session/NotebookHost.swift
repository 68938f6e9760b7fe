import Formats

/// The world around a session: where messages go, how wide the window is, whether somebody pressed Ctrl-C.
///
/// A session knows no terminal; whoever runs one says here what there is.
public struct NotebookHost {
  /// What a message is about.
  public enum MessageKind: Sendable {
    /// Something was done or found.
    case note
    /// Something deserves a second look.
    case warning
    /// A statement failed.
    case error
  }

  /// How a terminal takes pictures.
  public enum Pictures: Sendable {
    /// As PNG, by Kitty's graphics protocol.
    case kitty
    /// As sixels.
    case sixel
  }

  /// What is done with the window.
  public enum ScreenStep: Sendable {
    /// What is on it is put aside.
    case begin
    /// It is emptied.
    case clear
    /// What was put aside comes back.
    case end
  }

  /// A piece of work that somebody may watch.
  public struct Progress: Sendable {
    /// What is counted.
    public enum Unit: Sendable {
      /// Bytes of files.
      case bytes
      /// Rows of tables.
      case rows
    }

    /// Told what is done and how much of how much, from any thread.
    public var update: @Sendable (_ label: () -> String, _ done: Int, _ total: Int) -> Void
    /// Told when the work is over.
    public var finish: @Sendable () -> Void

    /// A piece of work; by default nobody watches.
    public init(
      update: @escaping @Sendable (() -> String, Int, Int) -> Void = { _, _, _ in },
      finish: @escaping @Sendable () -> Void = {}
    ) {
      self.update = update
      self.finish = finish
    }
  }

  /// A result that is looked at a window at a time.
  public struct Page {
    /// The command that shows it; nil for the one that the surroundings name.
    public let command: String?
    /// How many lines of names it begins with.
    public let headerLineCount: Int
    /// Writes it; where the pager cannot keep the names in sight, with the rows after which they are repeated.
    public let write: (_ sink: any ByteSink, _ rowsBetweenHeaders: Int?) throws -> Void
  }

  /// The program that runs the session, with its version.
  public var program = "Noticebook"
  /// Whether a person types the statements.
  public var isInteractive = false
  /// Whether results go to a terminal.
  public var outputIsTerminal = false
  /// The window's width in cells.
  public var width: () -> Int = { 80 }
  /// The window's height in cells.
  public var height: () -> Int = { 24 }
  /// How the terminal takes pictures; nil where it takes none.
  public var pictures: () -> Pictures? = { nil }
  /// Takes over the whole window for a while; nil where results go to no terminal.
  public var screen: ((ScreenStep) -> Void)?
  /// Puts colour round parts of a result; nil for none.
  public var style: (@Sendable (Presentation.SpanKind, String) -> String)?
  /// The cells of a line where messages go; nil where there is no window.
  public var messageWidth: () -> Int? = { nil }
  /// Takes what is no result: notes, warnings, errors.
  public var message: (_ text: String, _ kind: MessageKind) -> Void = { _, _ in }
  /// Whether what runs is to stop.
  public var isInterrupted: @Sendable () -> Bool = { false }
  /// Forgets that somebody pressed Ctrl-C, because what was meant by it has been done.
  public var forgetInterruption: () -> Void = {}
  /// Begins a piece of work.
  public var progress: (_ unit: Progress.Unit) -> Progress = { _ in Progress() }
  /// What was typed before, oldest first.
  public var history: () -> [String] = { [] }
  /// Lets a person edit a text, which is then the next one that they are asked about; nil where nobody types. Throws what
  /// stands in the way, as a text for a person.
  public var edit: ((String) throws -> Void)?
  /// Told, whenever a statement has run, which colours are wanted.
  public var useTheme: (ThemeChoice) -> Void = { _ in }
  /// Shows a result a window at a time. Throws what writing it throws.
  public var page: ((Page) throws -> Void)?

  /// A world with nobody in it.
  public init() {}
}
