import Glibc

/// How long things last when some have not ended yet: the product-limit estimate of the share that lasts longer than a time.
///
/// E. L. Kaplan and P. Meier, "Nonparametric Estimation from Incomplete Observations", JASA 53 (1958), equation 2b:
///
///     S(t) = ∏ (1 - dᵢ / nᵢ) over the times tᵢ <= t at which dᵢ of the nᵢ that last at least so long end
///
/// What is still open counts among the nᵢ up to its own time, and at that time too. Where nothing is open, S is the share
/// of those that last longer than t, and the quantiles are those of type 2 of R. J. Hyndman and Y. Fan, "Sample Quantiles
/// in Statistical Packages", The American Statistician 50 (1996).
///
/// ```
/// // Ended after 1, 2 and 4; open after 3: S is 3/4, 1/2, 1/2, 0.
/// KaplanMeier([(1, 1, 0), (2, 1, 0), (3, 0, 1), (4, 1, 0)]).quantile(0.5) // 3: between 2 and 4
/// ```
public struct KaplanMeier: Sendable {
  /// What is known after a time at which something ended.
  struct Step: Sendable {
    let time: Int64
    /// S, from this time up to the next.
    let survival: Double
    /// The variance of S over its square: M. Greenwood, "The Natural Duration of Cancer", 1926. Infinite where S is 0.
    let relativeVariance: Double
  }

  let steps: [Step]

  /// Equal up to rounding, as where S is 1/2 by a product of several fractions.
  private static let tolerance = 1e-12

  /// The estimate from counts.
  ///
  /// - Parameter durations: different durations in ascending order; how many ended then, and how many were open then.
  public init(_ durations: some Collection<(duration: Int64, ended: Int, open: Int)>) {
    var left = durations.reduce(0) { $0 + $1.ended + $1.open }
    var steps: [Step] = []
    var survival = 1.0
    var variance = 0.0
    // As long as nothing is open the product is a quotient of whole numbers, which is kept exact.
    var (base, start) = (1.0, left)
    for (duration, ended, open) in durations {
      if ended > 0 {
        survival = base * (Double(left - ended) / Double(start))
        variance += Double(ended) / (Double(left) * Double(left - ended))
        steps.append(Step(time: duration, survival: survival, relativeVariance: variance))
      }
      left -= ended + open
      if open > 0 { (base, start) = (survival, left) }
    }
    self.steps = steps
  }

  /// The duration that a part `part` (0 ... 1) does not exceed: the first time at which S is down to 1 - `part`; the middle
  /// between that time and the next where S is exactly that up to there. Nil where S never gets so low.
  public func quantile(_ part: Double) -> Double? {
    let wanted = 1 - part
    guard let place = steps.firstIndex(where: { $0.survival <= wanted + Self.tolerance }) else { return nil }
    let time = Double(steps[place].time)
    guard (steps[place].survival - wanted).magnitude <= Self.tolerance, place + 1 < steps.count else { return time }
    return (time + Double(steps[place + 1].time)) / 2
  }

  /// The interval of a quantile: the times at which 1 - `part` lies in the interval of S. Nil for an end that cannot be said.
  ///
  /// R. Brookmeyer and J. Crowley, "A Confidence Interval for the Median Survival Time", Biometrics 38 (1982), with the
  /// interval of S that stays between 0 and 1, S^exp(± z √variance / ln S) by log(-log S): O. Borgan and K. Liestøl,
  /// Scandinavian Journal of Statistics 17 (1990); J. P. Klein and M. L. Moeschberger, "Survival Analysis" (2003), 4.5.
  public func interval(ofQuantile part: Double, z: Double = WilsonInterval.z95) -> (low: Double?, high: Double?) {
    let wanted = 1 - part
    let low = steps.first { bounds($0, z: z).low <= wanted }
    let high = steps.first { bounds($0, z: z).high <= wanted }
    return (low.map { Double($0.time) }, high.map { Double($0.time) })
  }

  /// The interval of S at a step. Where S is 0, no variance is known, and nothing can be said of its upper end.
  func bounds(_ step: Step, z: Double = WilsonInterval.z95) -> (low: Double, high: Double) {
    guard step.survival > 0 else { return (0, 1) }
    let spread = z * step.relativeVariance.squareRoot() / log(step.survival)
    return (pow(step.survival, exp(-spread)), pow(step.survival, exp(spread)))
  }
}
