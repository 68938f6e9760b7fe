import Synchronization

/// The bytes of memory that files which are opened at the same time may take together.
final class OpeningBudget: Sendable {
  private let limit: Int
  private let taken = Atomic<Int>(0)

  /// A budget of `limit` bytes.
  init(limit: Int) { self.limit = limit }

  /// The bytes that nobody has taken; below zero when more was taken than there is.
  var left: Int { limit - taken.load(ordering: .relaxed) }

  /// Takes bytes; false when there were not as many.
  func take(_ bytes: Int) -> Bool { taken.wrappingAdd(bytes, ordering: .relaxed).newValue <= limit }

  /// Gives bytes back.
  func give(_ bytes: Int) { taken.wrappingSubtract(bytes, ordering: .relaxed) }
}
