// Deflate and gzip (RFC 1951, 1952) by Intel's ISA-L, which inflates more than twice as fast as zlib. Its state is larger than
// what Swift imports of a struct, so it is only ever touched here.
#pragma once
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <stdlib.h>

// What the reading of gzip, or of deflated bytes alone, has come to; NULL without memory. To be given to free().
static inline struct inflate_state *cisal_new(_Bool isGzip) {
  struct inflate_state *state = malloc(sizeof *state);
  if (state != NULL) {
    isal_inflate_init(state);
    state->crc_flag = isGzip ? ISAL_GZIP : ISAL_DEFLATE;
  }
  return state;
}

// Inflates until the stream ends, `room` bytes are written or no input is left; moves the input. Returns how many bytes were
// written, or one of the library's negative codes. Once a stream has ended the next one may follow.
static inline int64_t cisal_inflate(struct inflate_state *state, const uint8_t **input, size_t *size, uint8_t *into,
                                    size_t room, _Bool *hasEnded) {
  const size_t most = 1u << 30;
  uint32_t given = (uint32_t)(*size < most ? *size : most), wanted = (uint32_t)(room < most ? room : most);
  state->next_in = (uint8_t *)*input;
  state->avail_in = given;
  state->next_out = into;
  state->avail_out = wanted;
  int result = isal_inflate(state);
  *input += given - state->avail_in;
  *size -= given - state->avail_in;
  *hasEnded = state->block_state == ISAL_BLOCK_FINISH;
  int64_t written = wanted - state->avail_out;
  if (*hasEnded) {
    uint32_t kind = state->crc_flag;
    isal_inflate_reset(state);
    state->crc_flag = kind;
  }
  return result < 0 ? result : written;
}
