// Loops over numbers that want the widest vectors of the machine: comparisons that make bits, and bits that make row
// numbers. The bodies are written once, with the compiler's portable vectors; each is compiled for several instruction
// sets and chosen at run time.
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
  TARGET static inline void cvector_successors_##LEVEL(const uint32_t *values, size_t count, uint32_t *smallest,      \
                                                       uint32_t *largest) {                                          \
    cvector_successors_body(values, count, smallest, largest);                                                        \
  }                                                                                                                   \
  TARGET static inline size_t cvector_positions_##LEVEL(const uint64_t *words, size_t count, uint32_t *into) {        \
    return cvector_positions_body(words, count, into);                                                                \
  }                                                                                                                   \
  TARGET static inline void cvector_tally_##LEVEL(const uint8_t *values, size_t count, size_t kinds,                  \
                                                  uint32_t *tallies) {                                                \
    cvector_tally_body(values, count, kinds, tallies);                                                                \
  }

CVECTOR_FOR(plain, )
#if defined(__x86_64__)
CVECTOR_FOR(avx2, __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt"))))
CVECTOR_FOR(avx512, __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx2,bmi,bmi2,lzcnt,popcnt"))))

// The widest instruction set that the machine has: 2, 1, or 0 for the one that every machine of its kind has.
static inline int cvector_level(void) {
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi2") || !__builtin_cpu_supports("popcnt")) return 0;
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

static inline void cvector_successors(const uint32_t *values, size_t count, uint32_t *smallest, uint32_t *largest,
                                      int level) {
  CVECTOR_CHOOSE(successors, level, values, count, smallest, largest);
}

static inline size_t cvector_positions(const uint64_t *words, size_t count, uint32_t *into, int level) {
  return CVECTOR_CHOOSE(positions, level, words, count, into);
}

static inline void cvector_tally(const uint8_t *values, size_t count, size_t kinds, uint32_t *tallies, int level) {
  CVECTOR_CHOOSE(tally, level, values, count, kinds, tallies);
}
