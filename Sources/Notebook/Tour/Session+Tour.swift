import Formats
import Language

extension Session {
  /// `tour [n]`: tells of a step, and runs what it shows.
  func tour(_ number: Int64?, _ span: SourceSpan) throws {
    let steps = Tour.published.steps
    let index = number.map { Int(clamping: $0) } ?? (tourStep % steps.count + 1)
    guard (1...steps.count).contains(index) else {
      throw Diagnostic("the tour has the steps 1 to \(steps.count)", at: span)
    }
    if isChecking { return }
    guard let shared = sharedFolder else {
      throw Diagnostic(
        "the datasets of the tour are not there", at: span,
        help: "they come with `scripts/install`; or go to the folder that has `datasets/india-2021`: cd FOLDER")
    }
    let outer = folder
    folder = shared
    defer { folder = outer }
    // What earlier steps have made, for somebody who begins in the middle.
    for earlier in steps.prefix(index - 1) { try prepare(earlier) }
    let step = steps[index - 1]
    let title = "Step \(index) of \(steps.count): \(step.title)"
    try tell("\n\(host.style?(.header, title) ?? title)\n\(wrapped(step.text))\n")
    let source = SourceText(text: step.statements)
    for statement in StatementSequence(source) {
      let text = source.text(statement.span)
      try tell("\nnoticebook> \(text.split(separator: "\n").joined(separator: "\n       ...> "))\n")
      let outcome = try run(SourceText(name: "tour", text: "\(text);"))
      if outcome == .interrupted { return }
    }
    tourStep = index
    try tell(
      index < steps.count
        ? "\n`tour` goes on: \(steps[index].title)\n"
        : "\nThat was the tour. `help` lists what there is, `help share` and the like explain it.\n")
  }

  /// Runs those statements of a step that make tables which are not there.
  private func prepare(_ step: Tour.Step) throws {
    for parsed in StatementSequence(SourceText(text: step.statements)) {
      let statement = try parsed.get()
      let name: String? =
        switch statement.kind {
        case .load(let load): load.name?.text
        case .define(let definition): definition.name.text
        default: nil
        }
      guard let name, try entry(named: name) == nil else { continue }
      try execute(statement)
    }
  }

  /// The folder that `datasets` lies in: the one in use, or what the program was installed or built in.
  private var sharedFolder: String? {
    var candidates = [workingFolder]
    var parts = (FolderListing.canonical("/proc/self/exe") ?? "").split(separator: "/")
    while parts.popLast() != nil {
      let parent = "/" + parts.joined(separator: "/")
      candidates += [parent, "\(parent)/share/noticebook"]
    }
    return candidates.first { ScriptFile.exists("\($0)/datasets/india-2021/actions.csv") }
  }

  private func wrapped(_ text: String) -> String {
    wrappedText(text, width: host.outputIsTerminal ? host.width() - 1 : 80).joined(separator: "\n")
  }

  private func tell(_ text: String) throws {
    try output.sink.write(text)
    try output.flush()
  }
}
