import ColumnStore

/// Exact quantiles of numbers in at most two looks at the rows. The first counts them, which tells where the quantiles will
/// be found; the second keeps what is needed.
///
/// Each worker has one for the first look. They are merged into the first, which then gives each worker what it needs for
/// the second.
protocol Census: AnyObject {
  /// Makes room for groups below a number.
  func grow(_ groupCount: Int)
  /// The first look at some rows.
  func count(_ input: AggregateInput)
  /// Takes over what another worker counted; `map` gives for each of its groups the number here.
  func merge(_ other: any Census, map: Buffer<UInt32>)
  /// What the workers need for the second look, in the order in which they were merged; nothing where the first was enough.
  func looks(workerCount: Int) -> [any SecondLook]
  /// Takes over what the second look found.
  func take(_ looks: [any SecondLook])
  /// How many groups there are.
  var groupCount: Int { get }
  /// A quantile of each group.
  func values(of quantile: Quantile) -> [Value]
}

/// One worker's second look.
protocol SecondLook: AnyObject {
  /// Takes in rows that the same worker has counted, with the final numbers of their groups.
  func keep(_ input: AggregateInput)
}

/// Some quantiles that are worked out by a census.
final class QuantileAnswer: AggregateState {
  let census: any Census
  let quantiles: [Quantile]
  private let isList: Bool
  /// Whether it is this aggregate that hands the census its rows; others may share what it finds.
  let feeds: Bool

  /// With `isList` each group has a list of all quantiles.
  init(_ quantiles: [Quantile], isList: Bool, of census: any Census, feeds: Bool) {
    self.quantiles = quantiles
    self.isList = isList
    self.census = census
    self.feeds = feeds
  }

  func grow(_ groupCount: Int) { if feeds { census.grow(groupCount) } }

  func update(_ input: AggregateInput) { if feeds { census.count(input) } }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    if feeds, let other = other as? QuantileAnswer { census.merge(other.census, map: map) }
  }

  func finish() -> Column {
    Quantile.column(quantiles, isList: isList, groupCount: census.groupCount) { quantile in
      Column(type: quantile.resultType, values: census.values(of: quantile))
    }
  }
}
