import ColumnStore

/// Every scalar function and operator, by what it does. Names, signatures and help are in `FunctionRegistry`; how each is
/// computed is the business of an engine.
public enum ScalarFunction: String, Sendable, Hashable, CaseIterable {
  // Operators.
  case add, subtract, multiply, divide, integerDivide, modulo, negate, power
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, isDistinctFrom, isNotDistinctFrom
  case bitAnd, bitOr, bitXor, bitNot, shiftLeft, shiftRight
  case isNull, isNotNull, not, concatenate, like, ilike
  case addDays, daysBetween
  // Text.
  case lower, upper, trim, trimStart, trimEnd, length, substring, left, right, replace, contains, startsWith, endsWith
  case position, concat, concatWithSeparator, repeated, reverse, padLeft, padRight, splitPart, capitalise
  case figure, remark
  // Numbers.
  case absolute, round, floor, ceiling, truncate, squareRoot, exponential, naturalLogarithm, decimalLogarithm, sign
  case greatest, least
  case logarithm, binaryLogarithm, cubeRoot, factorial, gamma, logarithmOfGamma, errorFunction
  case complementaryErrorFunction, greatestCommonDivisor, leastCommonMultiple, pi, safeAdd, safeSubtract, safeMultiply
  case widthBucket, roundEven, even, bitCount, isNaN, isInfinite, isFinite, signBit, nextAfter, hypotenuse, degrees
  case radians, sine, cosine, tangent, cotangent, arcSine, arcCosine, arcTangent, arcTangent2, hyperbolicSine
  case hyperbolicCosine, hyperbolicTangent, areaSine, areaCosine, areaTangent, sineOfDegrees, cosineOfDegrees
  case tangentOfDegrees
  // Counts with bounds. Their comparisons may be unknown, so they are none of the six.
  case countEqual, countLess, exactCount, approximateCount, countBetween, atLeast, atMost, around
  case ratioLow, ratioHigh, shareLow, shareHigh, splitLow, splitHigh
  // Dates.
  case dateTruncate, datePart, dateDifference, makeDate, formatDate, parseDate, monthName, dayName, epoch
  case atTimeZone, fromTimeZone, utcOffset, dateElapsed, age, dateBin, lastDay, makeTimestamp, makeTime, toTimestamp
  case toDate, toText, epochMilliseconds, unixSeconds, unixMilliseconds, unixMicroseconds, timestampOfSeconds
  case timestampOfMilliseconds, timestampOfMicroseconds
  case formatByTemplate, parseDateByTemplate, parseTimestampByTemplate
  /// Written as a sum with an interval, or as a cast, while planning.
  case addParts, convert
  // Conditional.
  case coalesce, nullIf, fail
  /// Those that planning writes as others.
  case choose, chooseNull, zeroIfNull, nullIfZero, typeName
  case normalise, stripAccents, caseFold, codePoint, character, byteLength, bitLength, graphemeLength, leftGraphemes
  case rightGraphemes, translate, overlay, quoteLiteral, quoteName, quoteNullable, format, filename
  /// A text with its collation; and the key by which `unicode` orders.
  case collated, collationKey
  // How alike texts are.
  case levenshtein, damerauLevenshtein, hamming, jaccard, jaro, jaroWinkler, soundex
  // Codes and digests.
  case hexadecimal, hexadecimalUpper, fromHexadecimal, inBase, binary, base64, fromBase64, encode, decode
  case md5, sha1, sha256, sha512, hash, urlEncode, urlDecode, urlScheme, urlHost, urlDomain, urlPath, urlQuery
  case urlFragment, urlParameter
  // Regular expressions.
  case regexMatches, regexFullMatch, regexExtract, regexExtractAll, regexReplace, regexCount, regexPosition, regexSplit
  case regexSubstring, regexEscape, regexGroups
  // Lists.
  case listPosition, listAppend, listPrepend, listSort, listReverseSort, listReverse, listDistinct, listUnique
  case listHasAny, listHasAll, listIntersect, listExcept, listRemove, listFlatten, listSum, listAverage, listMinimum,
    listMaximum
  case listMedian, listCount, listFirst, listLast, listToText, splitText, textToList, listRange, listSeries
  // Countries.
  case countryCode, countryName, members, territory, territoryUnion, territoryIntersection, territoryDifference,
    isSubset
  case broaderThan, scopeOf
  // JSON.
  case jsonExtract, jsonExtractText, jsonValue, jsonList, jsonKeys, jsonLength, jsonType, jsonValid, jsonExists
  case jsonContains, jsonCompact, toJSON, jsonArray, jsonObject
  case listContains, listLength, makeList, listItem, listSlice, listConcatenate

  /// Whether it gives NULL as soon as one argument is NULL; only the others look at NULL themselves.
  public var isStrict: Bool {
    switch self {
    case .coalesce, .nullIf, .isNull, .isNotNull, .isDistinctFrom, .isNotDistinctFrom, .concat, .concatWithSeparator,
      .greatest, .least, .quoteNullable, .format, .hash, .makeList, .listConcatenate,
      .listAppend, .listPrepend, .listRemove, .listPosition, .textToList, .jsonArray, .jsonObject, .countBetween:
      false
    default: true
    }
  }
}

/// Every aggregate function, by what it does.
public enum AggregateFunction: String, Sendable, Hashable, CaseIterable {
  case countRows, count, sum, average, minimum, maximum, median, quantile, quantileDiscrete
  case standardDeviation, standardDeviationPopulation, variance, variancePopulation
  case first, last, anyValue, concatenation, every, some, countWhere
  // Of pairs of numbers.
  case correlation, covariancePopulation, covarianceSample, regressionCount, regressionAverageX, regressionAverageY
  case regressionSXX, regressionSYY, regressionSXY, regressionSlope, regressionIntercept, regressionR2, weightedAverage
  // Of one number.
  case standardError, geometricMean, skewness, kurtosis, kurtosisPopulation, medianDeviation, product
  case bitAnd, bitOr, bitXor
  // Of counts with bounds.
  case common, contradict
  // Of values of any type.
  case list, jsonList, mode, entropy, histogram, approximateCountDistinct
  /// Those that planning writes as `first` in an order.
  case argMinimum, argMaximum
}
