import Charts
import Language

// What is known of charts.

extension HelpText {
  static var plotDetails: String {
    """
    Kinds:
    \(PlotOperator.Kind.allCases.map { "  \(padded($0.rawValue, 8)) \($0.summary)" }.joined(separator: "\n"))

    Shares are drawn in per cent with their intervals, times on an axis of time,
    counts with their bounds, an open end where there is no upper one. What is NULL
    is said and not drawn, what is hidden is called so, and a time without a row is
    a gap, not a zero. Values may be aggregates: plot bar sum(n) by country. The
    largest \(Chart.mostCategories) categories and \(Chart.mostSeries) series are
    shown; what is left out is told below. `log` makes equal distances equal
    ratios. `width` and `height` are counted in cells, in a picture in pixels.
    `last` shows the numbers of a chart, and `|> save 'x.csv'` behind it writes
    them. A chart that is saved is not shown; the ending of its name says as what:
    \(PictureFile.endings). On a terminal that says that it shows pictures (Kitty's
    protocol, or sixels with Debian's libsixel-bin) a chart is one, unless `width`
    or `height` is given or `set pictures off`.

    Ranges are as long as Freedman and Diaconis (1981) have it, rounded up to 1, 2
    or 5 times a power of ten or to a length of calendars, at most 30; where few
    values lie far out, the first and the last are open. Quartiles are of type 7 of
    Hyndman and Fan (1996), whiskers Tukey's (1977): the last values within one and
    a half times the quartiles' distance. Survival curves are Kaplan and Meier's
    (1958), and their interval is the one by log(-log).
    """
  }
}
