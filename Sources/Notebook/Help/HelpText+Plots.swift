import Charts
import Language

// What is known of charts.

extension HelpText {
  static var plotDetails: String {
    """
    Kinds:
    \(PlotOperator.Kind.allCases.map { "  \(padded($0.rawValue, 8)) \($0.summary)" }.joined(separator: "\n"))

    Shares are drawn in per cent with their intervals, times on an axis of time, counts with their bounds, an open end where
    there is no upper one. What is NULL is said and not drawn, what is hidden is called so, and a time without a row is a
    gap, not a zero. Values may be aggregates: plot bar sum(n) by country. The largest \(Chart.mostCategories) categories and \(Chart.mostSeries) series are shown;
    what is left out is told below. `log` makes equal distances equal ratios. `width` and `height` are counted in cells, in
    a picture in pixels. `last` shows the numbers of a chart, and `|> save 'x.csv'` behind it writes them. A chart that is
    saved is not shown; the ending of its name says as what: \(PictureFile.endings)
    """
  }
}
