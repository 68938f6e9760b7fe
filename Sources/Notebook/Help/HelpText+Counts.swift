extension HelpText {
  /// Counts with bounds.
  static let counts = """
    A count that is not one number has a lower and an upper bound: the type
    `count`. It is read from what was published, and what is written reads back as
    the same:

      12, 1,178, exactly 702, 1*                                    exact; a star is a footnote's
      500+, at least 500, 500 or more, >=500                        500+
      over 500, more than 500, >500                                 501+
      up to 5, at most 5, 5 or fewer, <=5                           0-5
      <5, fewer than 5, under 5, nearly 5                           0-4
      0-499, 0 to 499, between 0 and 499                            0-499
      around 250, about 250, ~250                                   250~: a number is named, and no bounds

    load claims.csv (types (accounts count))      a column of counts; what is none stands in claims!rejects.
                                                  Only when asked for: else `500+` makes a column of texts
    cast('over 500' as count), x::count, at_least(500), at_most(5), around(250), count_between(lower, upper)

    lower(x), upper(x) are the bounds, NULL where there is none; exact(x) is the
    number where it is one; approximate(x) the number that `around` names. A count
    of things is 0 or more. Differences may be less: -5 to 10, and ? to 10 without
    a lower bound. An integer beside a count is a count. Nothing ever takes a
    number between the bounds for the count.

    x + y, x - y, x * y, -x and sum(x) have the bounds of all results; x - x is not
    0, since x may be any number twice. min(x), max(x), least, greatest give the
    bounds of the smallest and largest number. The mean lies between lower(sum(x))
    / count(x) and upper(sum(x)) / count(x). x < y, x = y, x in (...) are true or
    false where the bounds tell, else NULL. Rows are ordered by the lower bound,
    then the upper one; group by and distinct put together what says the same,
    which need not be the same number.

    Shares and ratios have bounds of their own, for a part from a to b:
      share_low(part, whole), share_high(part, whole)
        in a whole from c to d that it lies in: a / d to b / c, and 1 where the part may be all of it
      split_low(part, rest), split_high(part, rest)
        beside a rest from c to d: a / (a + d) to b / (b + c). It is least with the
        fewest of the part and the most of the rest, so this is tighter than the
        bounds of the part over those of the sum
      ratio_low(x, y), ratio_high(x, y)
        x and y have nothing to do with each other: a / d to b / c
      from t |> share suspended, withheld of named                      each in the whole
      from t |> share suspended, withheld of suspended + withheld       each beside the rest

    Of counts of the same thing, common(x) is what all of them allow, and
    contradict(x) says whether they exclude each other. Two of them do where x <> y
    is true:
      from claims as a |> join claims as b on a.notice = b.notice and a.id < b.id and a.accounts <> b.accounts
    """
}
