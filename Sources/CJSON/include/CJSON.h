// JSON read by simdjson, as C sees it: one list of nodes in the order of the text.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  nb_json_null,
  nb_json_boolean,
  nb_json_number,
  nb_json_string,
  nb_json_array,
  nb_json_object,
} nb_json_kind;

/// A value, or the name of a member, which stands before the member's value.
typedef struct {
  nb_json_kind kind;
  /// How many items an array or members an object has.
  uint32_t count;
  /// The place of what follows this value and everything in it.
  size_t next;
  /// A string without quotes and escapes, a number or a truth value as it is written; in no case ended by a zero.
  const uint8_t *text;
  size_t length;
} nb_json_node;

/// The deepest nesting that is read.
#define NB_JSON_DEPTH_LIMIT 256

/// Reads a text in UTF-8. Gives the nodes, the whole value first, and how many there are in `count`; null where the text is
/// no JSON (RFC 8259), or nested deeper than the limit. The nodes belong to the calling thread, and last until its next
/// call.
const nb_json_node *nb_json_read(const uint8_t *text, size_t length, size_t *count);

#ifdef __cplusplus
}
#endif
