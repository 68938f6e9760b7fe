import ColumnStore
import Notices

/// What a session holds at one moment, so that it can be brought back. Tables are values that nobody changes, so keeping
/// them costs nothing but the memory of those that are gone meanwhile.
///
/// Files, and what was told while `suppress_below` was on, are no part of it.
struct SessionState {
  private let entries: [String: Session.Entry]
  private let tablesInWait: Set<String>
  private let currentTable: String?
  private let parameters: [String: Session.Parameter]
  private let settings: Settings
  private let processSettings: ProcessSettings
  private let ownErrata: [Erratum]
  private let transaction: TransactionStart?
  private let folder: String?
  private let previousFolder: String?
  private let cells: [Session.Cell]

  /// The state now.
  init(of session: Session) {
    entries = session.storedEntries
    tablesInWait = session.tablesInWait
    currentTable = session.currentTable
    parameters = session.parameters
    settings = session.settings
    processSettings = ProcessSettings.current
    ownErrata = session.ownErrata
    transaction = session.transaction
    folder = session.folder
    previousFolder = session.previousFolder
    cells = session.cells
  }

  /// Brings the state back.
  func restore(in session: Session) {
    session.storedEntries = entries
    session.tablesInWait = tablesInWait
    session.currentTable = currentTable
    session.parameters = parameters
    session.settings = settings
    processSettings.apply()
    session.ownErrata = ownErrata
    session.transaction = transaction
    session.folder = folder
    session.previousFolder = previousFolder
    // A saved session has no `undo`: it begins anew where this one did.
    session.cells = cells
  }

  /// The tables that it holds.
  var tables: [Table] {
    entries.values.compactMap { if case .table(let table) = $0.value { table } else { nil } }
  }
}

/// The settings that are the whole process's.
private struct ProcessSettings {
  let memoryLimit: Int
  let temporaryFolder: String?
  let threadCount: Int

  static var current: ProcessSettings {
    ProcessSettings(
      memoryLimit: MemoryBudget.shared.limit, temporaryFolder: MemoryBudget.shared.temporaryFolder,
      threadCount: WorkerPool.shared.threadCount)
  }

  func apply() {
    MemoryBudget.shared.limit = memoryLimit
    MemoryBudget.shared.temporaryFolder = temporaryFolder
    WorkerPool.shared.threadCount = threadCount
  }
}
