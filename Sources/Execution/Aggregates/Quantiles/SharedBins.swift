import ColumnStore
import Synchronization

/// What all workers of an aggregate share: whoever first has numbers chooses the bins, and whoever first has counted enough
/// of them says which bins' values are kept.
final class SharedBins: Sendable {
  private let chosen = Mutex<ValueBins?>(nil)
  private let likely = Mutex<KeptBins?>(nil)

  /// The bins; made of a sample, which may be empty, if there are none yet.
  func bins(fitting sample: Buffer<Double>) -> ValueBins {
    chosen.withLock { chosen in
      if let chosen { return chosen }
      let bins = ValueBins(fitting: sample)
      if !sample.isEmpty { chosen = bins }
      return bins
    }
  }

  /// The bins that were chosen; some for nothing if none were.
  var bins: ValueBins { chosen.withLock { $0 } ?? ValueBins(fitting: Buffer([])) }

  /// The bins in which quantiles seem to lie, once they are known.
  var kept: KeptBins? { likely.withLock { $0 } }

  /// The same, made by the caller if they are not known yet.
  func kept(orElse make: () -> KeptBins) -> KeptBins {
    likely.withLock { likely in
      let bins = likely ?? make()
      likely = bins
      return bins
    }
  }
}
