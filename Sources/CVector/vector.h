// Loops over numbers that want the widest vectors of the machine: comparisons that make bits, bits that make row numbers,
// numbers that become parts of words, sums in twice the bits. The bodies are written once, with the compiler's portable
// vectors; each is compiled for several instruction sets and chosen at run time.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define CVECTOR_INLINE static inline __attribute__((always_inline))

// How a value may stand to a bound.
typedef enum { cvector_equal, cvector_less, cvector_greater } cvector_relation;

// Bit i of words: whether values[i] stands to the bound as the relation says, or with `negated` whether it does not.
// `words` has one for every 64 values begun; bits beyond the last value are 0 or, negated, undefined.
#define CVECTOR_COMPARE_BODY(NAME, TYPE)                                                                              \
  typedef TYPE cvector_##NAME##_block __attribute__((ext_vector_type(64), aligned(1)));                               \
  CVECTOR_INLINE uint64_t cvector_test_##NAME(const TYPE *values, TYPE bound, cvector_relation relation) {            \
    cvector_##NAME##_block block;                                                                                     \
    memcpy(&block, values, sizeof block);                                                                             \
    typedef _Bool mask_type __attribute__((ext_vector_type(64)));                                                     \
    cvector_##NAME##_block limit = (cvector_##NAME##_block)bound;                                                     \
    mask_type mask;                                                                                                   \
    if (relation == cvector_equal) mask = __builtin_convertvector(block == limit, mask_type);                         \
    else if (relation == cvector_less) mask = __builtin_convertvector(block < limit, mask_type);                      \
    else mask = __builtin_convertvector(block > limit, mask_type);                                                    \
    uint64_t bits;                                                                                                    \
    memcpy(&bits, &mask, 8);                                                                                          \
    return bits;                                                                                                      \
  }                                                                                                                   \
  CVECTOR_INLINE void cvector_all_##NAME(const TYPE *values, size_t count, TYPE bound, cvector_relation relation,     \
                                         uint64_t flip, uint64_t *words) {                                            \
    size_t whole = count / 64;                                                                                        \
    for (size_t i = 0; i < whole; i++) words[i] = cvector_test_##NAME(values + 64 * i, bound, relation) ^ flip;       \
    if (count % 64 != 0) {                                                                                            \
      TYPE rest[64] = {0};                                                                                            \
      memcpy(rest, values + 64 * whole, (count % 64) * sizeof(TYPE));                                                 \
      uint64_t live = ((uint64_t)1 << (count % 64)) - 1;                                                              \
      words[whole] = (cvector_test_##NAME(rest, bound, relation) & live) ^ flip;                                      \
    }                                                                                                                 \
  }                                                                                                                   \
  CVECTOR_INLINE void cvector_body_##NAME(const TYPE *values, size_t count, TYPE bound, cvector_relation relation,    \
                                          uint64_t flip, uint64_t *words) {                                           \
    if (relation == cvector_equal) cvector_all_##NAME(values, count, bound, cvector_equal, flip, words);              \
    else if (relation == cvector_less) cvector_all_##NAME(values, count, bound, cvector_less, flip, words);           \
    else cvector_all_##NAME(values, count, bound, cvector_greater, flip, words);                                      \
  }

// The positions of the bits that are set, from `base` on; there must be room for 8 more than there are set bits. Returns
// how many there are. Eight are always written, since a branch that is predicted wrongly costs more than stores that
// nobody reads.
CVECTOR_INLINE size_t cvector_positions_body(const uint64_t *words, size_t count, uint32_t *into) {
  size_t total = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t bits = words[i];
    if (bits == 0) continue;
    size_t here = (size_t)__builtin_popcountll(bits);
    uint32_t base = (uint32_t)(i * 64);
    if (bits == ~(uint64_t)0) {
      for (uint32_t bit = 0; bit < 64; bit++) into[total + bit] = base + bit;
    } else {
      uint32_t *at = into + total;
      size_t done = 0;
      do {
#pragma clang loop unroll(full)
        for (int k = 0; k < 8; k++) {
          at[done + k] = base + (uint32_t)__builtin_ctzll(bits | (uint64_t)1 << 63);
          bits &= bits - 1;
        }
        done += 8;
      } while (__builtin_expect(done < here, 0));
    }
    total += here;
  }
  return total;
}

// The smallest and the largest of the values, each with one added, by which the largest of all numbers becomes 0.
CVECTOR_INLINE void cvector_successors_body(const uint32_t *values, size_t count, uint32_t *smallest, uint32_t *largest) {
  uint32_t low = UINT32_MAX, high = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t next = values[i] + 1;
    low = next < low ? next : low;
    high = next > high ? next : high;
  }
  *smallest = low;
  *largest = high;
}

CVECTOR_COMPARE_BODY(u8, uint8_t)
CVECTOR_COMPARE_BODY(u16, uint16_t)
CVECTOR_COMPARE_BODY(u32, uint32_t)
CVECTOR_COMPARE_BODY(i8, int8_t)
CVECTOR_COMPARE_BODY(i16, int16_t)
CVECTOR_COMPARE_BODY(i32, int32_t)
CVECTOR_COMPARE_BODY(i64, int64_t)
CVECTOR_COMPARE_BODY(f64, double)

// Adds to each tally how many of the values are its number, by comparing all values with each number below `kinds`.
CVECTOR_INLINE void cvector_tally_body(const uint8_t *values, size_t count, size_t kinds, uint32_t *tallies) {
  for (size_t start = 0; start < count; start += 4096) {
    size_t size = count - start < 4096 ? count - start : 4096;
    for (size_t kind = 0; kind < kinds; kind++) {
      uint64_t found = 0;
      size_t i = 0;
      for (; i + 64 <= size; i += 64)
        found += (uint64_t)__builtin_popcountll(
          cvector_test_u8(values + start + i, (uint8_t)kind, cvector_equal));
      for (; i < size; i++) found += values[start + i] == kind;
      tallies[kind] += (uint32_t)found;
    }
  }
}

// Adds to each word its value's distance from `least`, shifted to the left by `place`; without `adds` to 1 instead.
typedef uint64_t cvector_words __attribute__((ext_vector_type(16), aligned(1)));
#define CVECTOR_PLACE_BODY(NAME, TYPE)                                                                                \
  typedef TYPE cvector_##NAME##_few __attribute__((ext_vector_type(16), aligned(1)));                                 \
  CVECTOR_INLINE void cvector_place_body_##NAME(const TYPE *values, size_t count, int64_t least, unsigned place,      \
                                                _Bool adds, uint64_t *words) {                                        \
    typedef int64_t wide __attribute__((ext_vector_type(16)));                                                        \
    size_t i = 0;                                                                                                     \
    for (; i + 16 <= count; i += 16) {                                                                                \
      cvector_##NAME##_few few;                                                                                       \
      cvector_words sums = (cvector_words)1;                                                                          \
      memcpy(&few, values + i, sizeof few);                                                                           \
      if (adds) memcpy(&sums, words + i, sizeof sums);                                                                \
      wide distances = __builtin_convertvector(few, wide) - (wide)least;                                              \
      sums += (cvector_words)distances << (cvector_words)(uint64_t)(place & 63);                                      \
      memcpy(words + i, &sums, sizeof sums);                                                                          \
    }                                                                                                                 \
    for (; i < count; i++)                                                                                            \
      words[i] = (adds ? words[i] : 1) + (((uint64_t)(int64_t)values[i] - (uint64_t)least) << (place & 63));          \
  }

// The code of each value, times `stride`, or added to what is there: a code is how far the value is from `base`, but at most
// `limit`. All of it modulo 2^32.
typedef uint32_t cvector_numbers __attribute__((ext_vector_type(16), aligned(1)));
#define CVECTOR_NUMBER_BODY(NAME, TYPE)                                                                               \
  typedef TYPE cvector_##NAME##_codes __attribute__((ext_vector_type(16), aligned(1)));                               \
  CVECTOR_INLINE void cvector_number_body_##NAME(const TYPE *values, size_t count, uint32_t base, uint32_t limit,     \
                                                 uint32_t stride, _Bool adds, uint32_t *numbers) {                    \
    size_t i = 0;                                                                                                     \
    for (; i + 16 <= count; i += 16) {                                                                                \
      cvector_##NAME##_codes few;                                                                                     \
      cvector_numbers sums = (cvector_numbers)0;                                                                      \
      memcpy(&few, values + i, sizeof few);                                                                           \
      if (adds) memcpy(&sums, numbers + i, sizeof sums);                                                              \
      cvector_numbers codes = __builtin_convertvector(few, cvector_numbers) - (cvector_numbers)base;                  \
      sums += __builtin_elementwise_min(codes, (cvector_numbers)limit) * (cvector_numbers)stride;                     \
      memcpy(numbers + i, &sums, sizeof sums);                                                                        \
    }                                                                                                                 \
    for (; i < count; i++) {                                                                                          \
      uint32_t code = (uint32_t)values[i] - base;                                                                     \
      numbers[i] = (adds ? numbers[i] : 0) + (code < limit ? code : limit) * stride;                                  \
    }                                                                                                                 \
  }

CVECTOR_NUMBER_BODY(u8, uint8_t)
CVECTOR_NUMBER_BODY(u16, uint16_t)
CVECTOR_NUMBER_BODY(u32, uint32_t)
CVECTOR_NUMBER_BODY(i8, int8_t)
CVECTOR_NUMBER_BODY(i16, int16_t)
CVECTOR_NUMBER_BODY(i32, int32_t)

CVECTOR_PLACE_BODY(i8, int8_t)
CVECTOR_PLACE_BODY(i16, int16_t)
CVECTOR_PLACE_BODY(i32, int32_t)

// Of 64 values those that sorting would put at two places: the largest of those than which at most so many are less.
CVECTOR_INLINE void cvector_ranked_body(const int64_t *values, size_t lowPlace, size_t highPlace, int64_t *low,
                                        int64_t *high) {
  typedef int64_t words __attribute__((ext_vector_type(64)));
  typedef _Bool mask_type __attribute__((ext_vector_type(64)));
  words all;
  memcpy(&all, values, sizeof all);
  int64_t least = INT64_MIN, largest = INT64_MIN;
  for (size_t i = 0; i < 64; i++) {
    mask_type mask = __builtin_convertvector(all < (words)values[i], mask_type);
    uint64_t bits;
    memcpy(&bits, &mask, 8);
    size_t less = (size_t)__builtin_popcountll(bits);
    if (less <= lowPlace && values[i] > least) least = values[i];
    if (less <= highPlace && values[i] > largest) largest = values[i];
  }
  *low = least;
  *high = largest;
}

// Copies the values between two bounds, both included, and returns how many they are; `below` gets how many are less. There
// is room for 8 values more than there are.
CVECTOR_INLINE size_t cvector_between_body(const int64_t *values, size_t count, int64_t low, int64_t high, int64_t *into,
                                           size_t *below) {
  size_t kept = 0, less = 0;
  for (size_t i = 0; i < count; i++) {
    int64_t value = values[i];
    into[kept] = value;
    kept += (size_t)(value >= low) & (size_t)(value <= high);
    less += value < low;
  }
  *below = less;
  return kept;
}

// Two numbers, and what sums of them have lost by rounding.
typedef double cvector_pair __attribute__((ext_vector_type(2)));
typedef struct {
  cvector_pair high, low;
} cvector_moments;

// Adds each value and its square to the sums of its group, in twice the bits of a double: the additions are those of
// `DoubleDouble`, and the square's own error is known by one multiplication and addition without rounding between.
CVECTOR_INLINE void cvector_add_moments_body(const uint32_t *groups, const double *values, size_t count,
                                             cvector_moments *moments) {
#pragma STDC FP_CONTRACT OFF
  for (size_t i = 0; i < count; i++) {
    cvector_moments *own = moments + groups[i];
    double value = values[i], square = value * value;
    cvector_pair terms = {value, square}, lost = {0, __builtin_fma(value, value, -square)};
    cvector_pair high = own->high, sum = high + terms, part = sum - high;
    own->high = sum;
    own->low = own->low + ((high - (sum - part)) + (terms - part)) + lost;
  }
}

// Whole numbers divided by another one.
CVECTOR_INLINE void cvector_quotients_body(const int64_t *values, size_t count, double divisor, double *into) {
  typedef int64_t whole __attribute__((ext_vector_type(8), aligned(1)));
  typedef double real __attribute__((ext_vector_type(8), aligned(1)));
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    whole few;
    memcpy(&few, values + i, sizeof few);
    real quotients = __builtin_convertvector(few, real) / (real)divisor;
    memcpy(into + i, &quotients, sizeof quotients);
  }
  for (; i < count; i++) into[i] = (double)values[i] / divisor;
}

// For every value the number of its bin, 1024 to a group: 256 and more from the pivot upwards, below it downwards, ever
// wider away from it. A bin is the exponent and the first five bits of 1 + the distance times the factor, as a double;
// those beyond the ends are in the last ones, as is NaN in the highest.
CVECTOR_INLINE void cvector_bins_body(const double *values, const uint32_t *groups, size_t count, double pivot,
                                      double factor, uint32_t *places) {
  typedef int64_t whole __attribute__((ext_vector_type(8), aligned(1)));
  typedef double real __attribute__((ext_vector_type(8), aligned(1)));
  typedef uint32_t word __attribute__((ext_vector_type(8), aligned(1)));
  for (size_t i = 0; i < count; i += 8) {
    size_t wanted = count - i < 8 ? count - i : 8;
    real few = 0;
    word own = 0;
    if (wanted == 8) {
      memcpy(&few, values + i, sizeof few);
      memcpy(&own, groups + i, sizeof own);
    } else {
      memcpy(&few, values + i, wanted * sizeof(double));
      memcpy(&own, groups + i, wanted * sizeof(uint32_t));
    }
    real distance = (few - pivot) * factor;
    whole bits;
    memcpy(&bits, &distance, sizeof bits);
    bits &= INT64_MAX;
    real magnitude;
    memcpy(&magnitude, &bits, sizeof magnitude);
    magnitude += 1;
    memcpy(&bits, &magnitude, sizeof bits);
    whole step = (bits >> 47) - (1023 << 5);
    whole below = 255 - step, above = 256 + step;
    whole bin = distance < 0 ? (below < 0 ? (whole)0 : below) : (above > 1023 ? (whole)1023 : above);
    word place = own * 1024 + __builtin_convertvector(bin, word);
    if (wanted == 8) memcpy(places + i, &place, sizeof place);
    else memcpy(places + i, &place, wanted * sizeof(uint32_t));
  }
}

// How many bits are set.
CVECTOR_INLINE size_t cvector_count_bits_body(const uint64_t *words, size_t count) {
  size_t total = 0;
  for (size_t i = 0; i < count; i++) total += (size_t)__builtin_popcountll(words[i]);
  return total;
}

#define CVECTOR_NUMBER_FOR(LEVEL, TARGET, NAME, TYPE)                                                                 \
  TARGET static inline void cvector_number_##NAME##_##LEVEL(const TYPE *values, size_t count, uint32_t base,          \
                                                            uint32_t limit, uint32_t stride, _Bool adds,              \
                                                            uint32_t *numbers) {                                      \
    if (adds) cvector_number_body_##NAME(values, count, base, limit, stride, 1, numbers);                             \
    else cvector_number_body_##NAME(values, count, base, limit, stride, 0, numbers);                                  \
  }
#define CVECTOR_PLACE_FOR(LEVEL, TARGET, NAME, TYPE)                                                                  \
  TARGET static inline void cvector_place_##NAME##_##LEVEL(const TYPE *values, size_t count, int64_t least,           \
                                                           unsigned place, _Bool adds, uint64_t *words) {             \
    if (adds) cvector_place_body_##NAME(values, count, least, place, 1, words);                                       \
    else cvector_place_body_##NAME(values, count, least, place, 0, words);                                            \
  }
#define CVECTOR_COMPARE_FOR(LEVEL, TARGET, NAME, TYPE)                                                                \
  TARGET static inline void cvector_##NAME##_##LEVEL(const TYPE *values, size_t count, TYPE bound,                    \
                                                     cvector_relation relation, uint64_t flip, uint64_t *words) {     \
    cvector_body_##NAME(values, count, bound, relation, flip, words);                                                 \
  }
#define CVECTOR_FOR(LEVEL, TARGET)                                                                                    \
  CVECTOR_COMPARE_FOR(LEVEL, TARGET, u8, uint8_t)                                                                     \
  CVECTOR_COMPARE_FOR(LEVEL, TARGET, u16, uint16_t)                                                                   \
  CVECTOR_COMPARE_FOR(LEVEL, TARGET, u32, uint32_t)                                                                   \
  CVECTOR_COMPARE_FOR(LEVEL, TARGET, i8, int8_t)                                                                      \
  CVECTOR_COMPARE_FOR(LEVEL, TARGET, i16, int16_t)                                                                    \
  CVECTOR_COMPARE_FOR(LEVEL, TARGET, i32, int32_t)                                                                    \
  CVECTOR_COMPARE_FOR(LEVEL, TARGET, i64, int64_t)                                                                    \
  CVECTOR_COMPARE_FOR(LEVEL, TARGET, f64, double)                                                                     \
  CVECTOR_NUMBER_FOR(LEVEL, TARGET, u8, uint8_t)                                                                      \
  CVECTOR_NUMBER_FOR(LEVEL, TARGET, u16, uint16_t)                                                                    \
  CVECTOR_NUMBER_FOR(LEVEL, TARGET, u32, uint32_t)                                                                    \
  CVECTOR_NUMBER_FOR(LEVEL, TARGET, i8, int8_t)                                                                       \
  CVECTOR_NUMBER_FOR(LEVEL, TARGET, i16, int16_t)                                                                     \
  CVECTOR_NUMBER_FOR(LEVEL, TARGET, i32, int32_t)                                                                     \
  CVECTOR_PLACE_FOR(LEVEL, TARGET, i8, int8_t)                                                                        \
  CVECTOR_PLACE_FOR(LEVEL, TARGET, i16, int16_t)                                                                      \
  CVECTOR_PLACE_FOR(LEVEL, TARGET, i32, int32_t)                                                                      \
  TARGET static inline void cvector_successors_##LEVEL(const uint32_t *values, size_t count, uint32_t *smallest,      \
                                                       uint32_t *largest) {                                          \
    cvector_successors_body(values, count, smallest, largest);                                                        \
  }                                                                                                                   \
  TARGET static inline void cvector_quotients_##LEVEL(const int64_t *values, size_t count, double divisor,            \
                                                      double *into) {                                                 \
    cvector_quotients_body(values, count, divisor, into);                                                             \
  }                                                                                                                   \
  TARGET static inline void cvector_bins_##LEVEL(const double *values, const uint32_t *groups, size_t count,          \
                                                 double pivot, double factor, uint32_t *places) {                     \
    cvector_bins_body(values, groups, count, pivot, factor, places);                                                  \
  }                                                                                                                   \
  TARGET static inline size_t cvector_count_bits_##LEVEL(const uint64_t *words, size_t count) {                       \
    return cvector_count_bits_body(words, count);                                                                     \
  }                                                                                                                   \
  TARGET static inline void cvector_ranked_##LEVEL(const int64_t *values, size_t lowPlace, size_t highPlace,           \
                                                   int64_t *low, int64_t *high) {                                     \
    cvector_ranked_body(values, lowPlace, highPlace, low, high);                                                      \
  }                                                                                                                   \
  TARGET static inline void cvector_add_moments_##LEVEL(const uint32_t *groups, const double *values, size_t count,    \
                                                        cvector_moments *moments) {                                   \
    cvector_add_moments_body(groups, values, count, moments);                                                         \
  }                                                                                                                   \
  TARGET static inline size_t cvector_positions_##LEVEL(const uint64_t *words, size_t count, uint32_t *into) {        \
    return cvector_positions_body(words, count, into);                                                                \
  }                                                                                                                   \
  TARGET static inline void cvector_tally_##LEVEL(const uint8_t *values, size_t count, size_t kinds,                  \
                                                  uint32_t *tallies) {                                                \
    cvector_tally_body(values, count, kinds, tallies);                                                                \
  }

CVECTOR_FOR(plain, )
static inline size_t cvector_between_plain(const int64_t *values, size_t count, int64_t low, int64_t high, int64_t *into,
                                           size_t *below) {
  return cvector_between_body(values, count, low, high, into, below);
}
#if defined(__x86_64__)
#define CVECTOR_AVX2 __attribute__((target("avx2,fma,bmi,bmi2,lzcnt,popcnt")))
#define CVECTOR_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx2,fma,bmi,bmi2,lzcnt,popcnt")))
CVECTOR_FOR(avx2, CVECTOR_AVX2)
CVECTOR_FOR(avx512, CVECTOR_AVX512)
#define cvector_between_avx2 cvector_between_plain

// The same, where a vector's chosen values are brought together at once.
CVECTOR_AVX512 static inline size_t cvector_between_avx512(const int64_t *values, size_t count, int64_t low, int64_t high,
                                                           int64_t *into, size_t *below) {
  typedef long long words __attribute__((vector_size(64)));
  typedef long long some __attribute__((vector_size(64), aligned(1)));
  const words least = (words){} + low, largest = (words){} + high;
  size_t kept = 0, less = 0, rest;
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    words block = *(const some *)(values + i);
    uint8_t isLess = (uint8_t)__builtin_ia32_cmpq512_mask(block, least, 1, 0xFF);
    uint8_t isIn = (uint8_t)__builtin_ia32_cmpq512_mask(block, largest, 2, (uint8_t)~isLess);
    *(some *)(into + kept) = __builtin_ia32_compressdi512_mask(block, (words){}, isIn);
    kept += (size_t)__builtin_popcount(isIn);
    less += (size_t)__builtin_popcount(isLess);
  }
  kept += cvector_between_body(values + i, count - i, low, high, into + kept, &rest);
  *below = less + rest;
  return kept;
}

// The widest instruction set that the machine has: 2, 1, or 0 for the one that every machine of its kind has.
static inline int cvector_level(void) {
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("bmi2") ||
      !__builtin_cpu_supports("popcnt"))
    return 0;
  return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
    ? 2 : 1;
}
#define CVECTOR_CHOOSE(NAME, LEVEL, ...)                                                                              \
  ((LEVEL) == 2 ? cvector_##NAME##_avx512(__VA_ARGS__)                                                                \
   : (LEVEL) == 1 ? cvector_##NAME##_avx2(__VA_ARGS__) : cvector_##NAME##_plain(__VA_ARGS__))
#else
static inline int cvector_level(void) { return 0; }
#define CVECTOR_CHOOSE(NAME, LEVEL, ...) cvector_##NAME##_plain(__VA_ARGS__)
#endif

#define CVECTOR_COMPARE(NAME, TYPE)                                                                                   \
  static inline void cvector_compare_##NAME(const TYPE *values, size_t count, TYPE bound, cvector_relation relation,  \
                                            uint64_t flip, uint64_t *words, int level) {                              \
    CVECTOR_CHOOSE(NAME, level, values, count, bound, relation, flip, words);                                         \
  }
CVECTOR_COMPARE(u8, uint8_t)
CVECTOR_COMPARE(u16, uint16_t)
CVECTOR_COMPARE(u32, uint32_t)
CVECTOR_COMPARE(i8, int8_t)
CVECTOR_COMPARE(i16, int16_t)
CVECTOR_COMPARE(i32, int32_t)
CVECTOR_COMPARE(i64, int64_t)
CVECTOR_COMPARE(f64, double)

#define CVECTOR_NUMBER(NAME, TYPE)                                                                                    \
  static inline void cvector_number_##NAME(const TYPE *values, size_t count, uint32_t base, uint32_t limit,           \
                                           uint32_t stride, _Bool adds, uint32_t *numbers, int level) {               \
    CVECTOR_CHOOSE(number_##NAME, level, values, count, base, limit, stride, adds, numbers);                          \
  }
CVECTOR_NUMBER(u8, uint8_t)
CVECTOR_NUMBER(u16, uint16_t)
CVECTOR_NUMBER(u32, uint32_t)
CVECTOR_NUMBER(i8, int8_t)
CVECTOR_NUMBER(i16, int16_t)
CVECTOR_NUMBER(i32, int32_t)

#define CVECTOR_PLACE(NAME, TYPE)                                                                                     \
  static inline void cvector_place_##NAME(const TYPE *values, size_t count, int64_t least, unsigned place,            \
                                          _Bool adds, uint64_t *words, int level) {                                   \
    CVECTOR_CHOOSE(place_##NAME, level, values, count, least, place, adds, words);                                    \
  }
CVECTOR_PLACE(i8, int8_t)
CVECTOR_PLACE(i16, int16_t)
CVECTOR_PLACE(i32, int32_t)

static inline void cvector_successors(const uint32_t *values, size_t count, uint32_t *smallest, uint32_t *largest,
                                      int level) {
  CVECTOR_CHOOSE(successors, level, values, count, smallest, largest);
}

static inline void cvector_quotients(const int64_t *values, size_t count, double divisor, double *into, int level) {
  CVECTOR_CHOOSE(quotients, level, values, count, divisor, into);
}

static inline void cvector_bins(const double *values, const uint32_t *groups, size_t count, double pivot, double factor,
                                uint32_t *places, int level) {
  CVECTOR_CHOOSE(bins, level, values, groups, count, pivot, factor, places);
}

static inline size_t cvector_count_bits(const uint64_t *words, size_t count, int level) {
  return CVECTOR_CHOOSE(count_bits, level, words, count);
}

static inline void cvector_ranked(const int64_t *values, size_t lowPlace, size_t highPlace, int64_t *low, int64_t *high,
                                  int level) {
  CVECTOR_CHOOSE(ranked, level, values, lowPlace, highPlace, low, high);
}

static inline size_t cvector_between(const int64_t *values, size_t count, int64_t low, int64_t high, int64_t *into,
                                     size_t *below, int level) {
  return CVECTOR_CHOOSE(between, level, values, count, low, high, into, below);
}

static inline void cvector_add_moments(const uint32_t *groups, const double *values, size_t count,
                                       cvector_moments *moments, int level) {
  CVECTOR_CHOOSE(add_moments, level, groups, values, count, moments);
}

static inline size_t cvector_positions(const uint64_t *words, size_t count, uint32_t *into, int level) {
  return CVECTOR_CHOOSE(positions, level, words, count, into);
}

static inline void cvector_tally(const uint8_t *values, size_t count, size_t kinds, uint32_t *tallies, int level) {
  CVECTOR_CHOOSE(tally, level, values, count, kinds, tallies);
}
