// Regular expressions of RE2 as C sees them: linear in the text's length, whatever the pattern.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled pattern. It may be used by any number of threads at once.
typedef struct nb_regex nb_regex;

/// Part of a text: bytes from `start` up to `end`; both -1 for a group that took no part in the match.
typedef struct {
  int64_t start;
  int64_t end;
} nb_regex_span;

/// Where a match must lie.
typedef enum { nb_regex_anywhere = 0, nb_regex_whole = 2 } nb_regex_anchor;

/// Compiles a pattern in UTF-8. Null when it is none: then `message` holds what is wrong with it, ended by a zero and
/// cut to `capacity` bytes.
nb_regex *nb_regex_make(const uint8_t *pattern, size_t length, char *message, size_t capacity);

void nb_regex_free(nb_regex *regex);

/// How many groups in brackets it has.
int32_t nb_regex_group_count(const nb_regex *regex);

/// The number of a named group; -1 if there is none.
int32_t nb_regex_group_number(const nb_regex *regex, const char *name);

/// Looks for the first match at or after `from`; fills in the whole match and then its groups, `count` spans in all.
bool nb_regex_match(
    const nb_regex *regex, const uint8_t *text, size_t length, size_t from, nb_regex_anchor anchor,
    nb_regex_span *spans, int32_t count);

#ifdef __cplusplus
}
#endif
