import Language

/// What a person sees around what they type.
extension Session {
  /// The prompt of the next input.
  ///
  /// - Parameters:
  ///   - outcome: how the last input ended.
  ///   - seconds: how long it took; nil before the first.
  public func prompt(after outcome: RunOutcome, seconds: Double?) -> String {
    settings.prompt.filled { name in
      switch name {
      case .table: currentTable ?? ""
      case .engine: servers.first?.server.name ?? "local"
      case .elapsed: seconds.map { Session.text(seconds: $0) + " s" } ?? ""
      case .status: String(outcome.rawValue)
      case .folder: folderName
      }
    }
  }

  /// The title of the window: the table in use, else the working folder; nil where none is wanted.
  public var title: String? { settings.hasTitle ? "noticebook: \(currentTable ?? folderName)" : nil }

  private var folderName: String {
    let folder = workingFolder
    return folder.split(separator: "/").last.map(String.init) ?? folder
  }

  /// `edit`: the statement before in the person's editor.
  func edit(_ span: SourceSpan) throws {
    guard let edit = host.edit else {
      throw Diagnostic("`edit` is for statements that are typed at a terminal", at: span)
    }
    do {
      try edit(host.history().last { $0.lowercased() != "edit" } ?? "")
    } catch {
      throw Diagnostic("\(error)", at: span, help: "VISUAL and EDITOR in the environment name the editor")
    }
  }
}
