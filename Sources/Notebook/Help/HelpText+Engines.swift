import Engines

extension HelpText {
  /// Databases that queries are sent to.
  static let engines = """
    Queries run in this process unless their tables lie in a database:

      connect 'spark://host:15002'                   Spark Connect
      connect 'postgresql://reader@host/reports'     PostgreSQL
      connect 'sqlite:reports.db'                    SQLite, for reading
      load 's3a://bucket/2025-07/*.csv' as sor       a view on Spark; also hdfs://,
                                                     file:/, abfss://: no row
                                                     passes through this machine
      from sor |> share action by category           counted there
      explain from sor |> share action               the SQL that is sent
      let shares := from sor |> share action         the result, kept here
      noticebook --engine 'spark://host:15002' report.nbk
                                                     a script as it stands;
                                                     NOTICEBOOK_ENGINE does it too

    A plan is cut at the highest steps that the database has words for and that
    mean the same there. Those are written as one query; what comes back is
    pulled, at most \(Server.usualRowLimit / 1_000_000) million rows (or NOTICEBOOK_PULL_ROWS), and the
    steps above run here. So groups are counted there, and intervals, curves and
    tests are made here, the same digits everywhere. `explain` says of each step
    that is not run there why not.

      run there       where, select, extend, aggregate, distinct, limit, top-N,
                      tablesample, unions, set operations; joins, also in and
                      exists, queries for one value; windows: row_number, rank,
                      dense_rank, percent_rank, cume_dist, ntile, lag, lead,
                      first_value, last_value, nth_value, aggregates over frames;
                      + - * / // %, comparisons, and, or, not, case, in, is null,
                      coalesce, nullif, greatest, least, abs, floor, ceil, sign;
                      lower, upper, length, replace, contains, starts_with,
                      ends_with, position, substring, left, right, trim, lpad,
                      rpad, repeat, split_part, concat, concat_ws, ||; like and
                      ~ with a constant pattern, for ~ one of letters, classes,
                      groups, alternatives and repetitions; parts of dates,
                      date_trunc, date_diff, monthname, dayname, last_day,
                      unix_seconds; count, count distinct, sum, avg, min, max,
                      median, quantile, quantile_disc, mode, arg_min, arg_max,
                      first and last in an order, string_agg, bool_and, bool_or,
                      stddev, variance, bit_and, bit_or, bit_xor; corr and
                      covar_samp on PostgreSQL
      rewritten       x / y is a division of doubles that gives NULL for y = 0;
                      avg of integers an exact sum and one division; texts
                      compare by their code points; numbers are 64 bits wide;
                      times are UTC; NULLs go where this notebook puts them;
                      first in an order is the row of row_number() = 1
      divided         groups of what has no words (other patterns, JSON, lists,
                      strftime, conversions of texts, counts with bounds): rows
                      that are alike are counted there and come once, with their
                      number; of conditions those are asked there that have
                      words; the first rows of an order are taken there before
                      the rest is computed
      pulled          asof joins, recursion, entropy, histogram, array_agg,
                      corr and covar_samp (Spark loses digits), regr_...,
                      skewness, kurtosis, sums of doubles that have no words,
                      ranges of distances
    SQLite has no dates and truth values, and lower and upper for ASCII only:
    what needs them is pulled.

    Files that Spark reads are read as here: a column is of a type that all of
    its values have, numbers with leading zeros stay texts, and of a known
    source (`help sources`) what could not be read is counted. Its rows are seen
    as name!notices and name!actions there, too. Only empty fields are NULL,
    unless `(null 'x')` says what else.

    describe, sample, audit, check and assert are asked of the database. The
    rows of a database are in no order: any_value, and first without an order,
    is the smallest value, string_agg takes the texts in theirs, and a sample is
    another one than here. What is small (20,000 cells) is sent to the server
    where the rest lies, from this process or another server.

    Sums of doubles are added in the order of the database: the last digits may
    differ from those here, which are exact. With
    NOTICEBOOK_SEND_TABLES=all small tables of this process are sent for every
    query, to compare what the database answers with what this process does.
    `drivers` lists the drivers that are found.

    Passwords and tokens stand in the environment, never in a statement: where
    one does it is refused, and kept in no history.

      PGPASSWORD, or ~/.pgpass       the password of PostgreSQL
      NOTICEBOOK_TOKEN               the bearer token of Spark; with one the
                                     connection is encrypted (TLS)
      'spark://host:443/;use_ssl=true'
                                     TLS without a token
      'postgresql://reader@host/db?sslmode=verify-full'
                                     TLS with PostgreSQL, and whom it trusts
      SSL_CERT_FILE=ca.pem           a certificate to trust, for Spark

    Ctrl-C stops the query there, or the wait for a connection. A connection is
    waited for for \(Int(Server.connectionTimeout)) s and a query as long as it takes, unless `set
    engine_timeout` says how many seconds. No driver tells how far a query is:
    the line below says for how long it has been waited for, then how many rows
    have come. A database that went away is connected again by the next query,
    which makes the views again that `load` made, and says so.
    """
}
