import Formats
import Language

/// What is known while statements are only planned.
struct Checking {
  /// Names that a statement would have given, had it been right, or whose file is not there: what is asked of them is
  /// not told as a fault once more.
  var unknownTables: Set<String> = []
  var unknownParameters: Set<String> = []
  /// Whether a folder that is not there may have given any name.
  var mayBeAnyTable = false

  /// Whether a fault only comes of something that is not known.
  func isConsequence(_ diagnostic: Diagnostic) -> Bool {
    if let name = diagnostic.named("there is no table `") {
      return mayBeAnyTable || unknownTables.contains(name.lowercased())
    }
    if let name = diagnostic.named("the parameter `$") { return unknownParameters.contains(name.lowercased()) }
    return false
  }
}

extension Session {
  /// From now on statements are planned and not run: no rows are computed, nothing is written. `load` reads its files if
  /// they are there, since their columns say what is right. Every statement that is wrong is told of.
  public func startChecking() {
    checking = Checking()
    engine = PlanningEngine()
  }

  /// Whether statements are planned and not run.
  var isChecking: Bool { checking != nil }

  /// Plans all statements of a text, and tells of every one that is wrong.
  func check(_ text: SourceText) throws -> RunOutcome {
    let outer = (source, statementSpan)
    source = text
    defer { (source, statementSpan) = outer }
    var outcome = RunOutcome.succeeded
    for parsed in StatementSequence(text) where !wantsToQuit {
      statementSpan = parsed.span
      if host.isInterrupted() { return .interrupted }
      var statement: Statement?
      do {
        let read = try parsed.get()
        statement = read
        forgetFiles()
        defer { forgetFiles() }
        try execute(read)
      } catch is FailedCheck {
        // An `assert` asks about rows, of which there are none now.
      } catch let failure as FailedScript {
        outcome = max(outcome, failure.outcome)
      } catch {
        guard let diagnostic = diagnostic(for: error) else { return .interrupted }
        if let statement { noteNames(of: statement) }
        if checking?.isConsequence(diagnostic) ?? false { continue }
        host.message(rendered(diagnostic), .error)
        outcome = max(outcome, .failed)
      }
    }
    return outcome
  }

  /// Notes what a statement that is wrong would have given a name to.
  private func noteNames(of statement: Statement) {
    switch statement.kind {
    case .define(let definition):
      checking?.unknownTables.insert(definition.name.text.lowercased())
      checking?.unknownParameters.insert(definition.name.text.lowercased())
    case .createTable(let create): checking?.unknownTables.insert(create.name.text.lowercased())
    case .createView(let create): checking?.unknownTables.insert(create.name.text.lowercased())
    case .load(let load): noteMissing(load)
    case .run: checking?.mayBeAnyTable = true
    default: break
    }
  }

  /// Notes that what a `load` gives is not known.
  private func noteMissing(_ load: LoadStatement) {
    let path = load.paths.first?.literal ?? ""
    if let name = load.name?.text {
      checking?.unknownTables.insert(name.lowercased())
    } else if load.paths.count == 1, !path.isEmpty, path.last != "/", !Snapshot.isNamed(path) {
      checking?.unknownTables.insert(Session.tableName(for: path).lowercased())
    } else {
      checking?.mayBeAnyTable = true
    }
  }

  /// Whether statements are only planned and a file that is to be loaded is not there, which is told as a warning.
  func isMissing(_ paths: [String], _ load: LoadStatement) -> Bool {
    guard isChecking else { return false }
    do {
      _ = try expandPaths(paths, options: try loadOptions(load.options))
      return false
    } catch LoadError.notFound(let path, _), LoadError.nothingToLoad(let path) {
      noteMissing(load)
      let place = source.location(of: load.paths.first?.span.start ?? statementSpan.start)
      host.message(
        "\(source.name):\(place.line):\(place.column): \(path) is not there: what is asked of it is not checked",
        .warning)
      return true
    } catch {
      // What else is wrong is found by the loading itself.
      return false
    }
  }
}

extension Diagnostic {
  /// The name that follows some words at the start of the message.
  fileprivate func named(_ words: String) -> String? {
    guard message.hasPrefix(words) else { return nil }
    return String(message.dropFirst(words.count).prefix { $0 != "`" })
  }
}
