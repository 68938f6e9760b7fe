import Language

/// The tour: a script that comes with the notebook, cut into steps.
struct Tour {
  /// One step: what is told, and what is run.
  struct Step {
    let title: String
    /// What is told before, in one line.
    let text: String
    /// The statements.
    let statements: String
  }

  let steps: [Step]

  /// The tour that comes with the notebook.
  static let published = Tour(script: String(decoding: PackageResources.tour_nbk, as: UTF8.self))

  /// Cuts a script at its lines `-- Step: TITLE`. The comments below such a line are told, the rest is run.
  init(script: String) {
    let mark = "-- Step: "
    var steps: [Step] = []
    for part in script.split(separator: "\n\n") where part.hasPrefix(mark) {
      let lines = part.split(separator: "\n").map(String.init)
      let told = lines.dropFirst().prefix { $0.hasPrefix("-- ") }
      steps.append(
        Step(
          title: String(lines[0].dropFirst(mark.count)),
          text: told.map { String($0.dropFirst(3)) }.joined(separator: " "),
          statements: lines.dropFirst(1 + told.count).joined(separator: "\n")))
    }
    self.steps = steps
  }
}
