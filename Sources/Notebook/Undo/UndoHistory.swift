import ColumnStore

/// The inputs of a person that changed the session, and what it held before each.
struct UndoHistory {
  /// One input.
  struct Step {
    /// What the session held on the other side of it: before, or for `redo` after.
    let state: SessionState
    /// The statements that changed something.
    let statements: [String]
  }

  /// What can be taken back, the last one at the end.
  private var done: [Step] = []
  /// What can be done again, the next one at the end.
  private var undone: [Step] = []

  /// The most inputs that can be taken back.
  private static let depth = 50

  /// Notes an input that changed the session.
  mutating func add(_ step: Step) {
    done.append(step)
    undone = []
    if done.count > UndoHistory.depth { done.removeFirst() }
  }

  /// The input to take back; the session is now in `state`.
  mutating func undo(from state: SessionState) -> Step? { UndoHistory.move(from: &done, to: &undone, state) }

  /// The input to do again; the session is now in `state`.
  mutating func redo(from state: SessionState) -> Step? { UndoHistory.move(from: &undone, to: &done, state) }

  private static func move(from source: inout [Step], to goal: inout [Step], _ state: SessionState) -> Step? {
    guard let step = source.popLast() else { return nil }
    goal.append(Step(state: state, statements: step.statements))
    return step
  }

  /// Forgets the oldest inputs, as long as tables that only `undo` could bring back take more than `limit` bytes.
  mutating func forget(holdingMoreThan limit: Int, besides state: SessionState) {
    let current = Set(state.tables.map(\.identity))
    while !done.isEmpty || !undone.isEmpty {
      var seen = current
      let kept = (done + undone).flatMap(\.state.tables).filter { seen.insert($0.identity).inserted }
      if kept.reduce(0, { $0 + $1.byteCount }) <= limit { return }
      if done.isEmpty { undone.removeFirst() } else { done.removeFirst() }
    }
  }
}
