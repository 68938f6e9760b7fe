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
    pulled, at most \(Server.rowLimit / 1_000_000) million rows, and the steps
    above run here. So groups are counted there, and intervals, curves and tests
    are made here, the same digits everywhere.

      run there       where, select, extend, aggregate, distinct, limit, top-N,
                      joins on conditions, semi and anti joins, unions, set
                      operations; + - * /, comparisons, and, or, not, case, in,
                      is null, coalesce, nullif, lower, upper, length, replace,
                      contains, starts_with, ||, abs, floor, ceil, days between
                      dates, date_trunc and date parts; count, count distinct,
                      sum, avg, min, max, median, quantile, bool_and, bool_or,
                      stddev, variance
      rewritten       x / y is a division of doubles that gives NULL for y = 0;
                      avg of integers an exact sum and one division; texts
                      compare by their code points; numbers are 64 bits wide;
                      times are UTC; NULLs go where this notebook puts them
      pulled          windows, samples, order by without limit, pivots' lists,
                      regular expressions, JSON, lists, counts with bounds,
                      conversions of texts, and all else
    SQLite has no dates and truth values, and lower and upper for ASCII only:
    what needs them is pulled.

    Sums of doubles are added in the order of the database: the last digits may
    differ from those here, which are exact. Small tables of this process are
    sent along to be joined. With NOTICEBOOK_SEND_TABLES=all they are sent for
    every query, to compare what the database answers with what this process
    does. `drivers` lists the drivers that are found.

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
