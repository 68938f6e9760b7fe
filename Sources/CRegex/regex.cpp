#include "CRegex.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstring>
#include <new>

struct nb_regex {
  re2::RE2 compiled;
  nb_regex(const re2::StringPiece &pattern, const re2::RE2::Options &options) : compiled(pattern, options) {}
};

// More groups than anybody refers to; further ones match, but are not told.
static const int32_t group_limit = 64;

static re2::StringPiece piece(const uint8_t *bytes, size_t length) {
  return re2::StringPiece(reinterpret_cast<const char *>(bytes), length);
}

nb_regex *nb_regex_make(const uint8_t *pattern, size_t length, char *message, size_t capacity) try {
  re2::RE2::Options options;
  options.set_log_errors(false);
  nb_regex *regex = new nb_regex(piece(pattern, length), options);
  if (regex->compiled.ok()) return regex;
  const std::string &error = regex->compiled.error();
  if (capacity > 0) {
    size_t size = std::min(error.size(), capacity - 1);
    std::memcpy(message, error.data(), size);
    message[size] = 0;
  }
  delete regex;
  return nullptr;
} catch (const std::bad_alloc &) {
  if (capacity > 0) message[0] = 0;
  return nullptr;
}

void nb_regex_free(nb_regex *regex) { delete regex; }

int32_t nb_regex_group_count(const nb_regex *regex) { return regex->compiled.NumberOfCapturingGroups(); }

int32_t nb_regex_group_number(const nb_regex *regex, const char *name) {
  const std::map<std::string, int> &names = regex->compiled.NamedCapturingGroups();
  auto found = names.find(name);
  return found == names.end() ? -1 : found->second;
}

bool nb_regex_match(
    const nb_regex *regex, const uint8_t *text, size_t length, size_t from, nb_regex_anchor anchor,
    nb_regex_span *spans, int32_t count) {
  re2::StringPiece groups[group_limit];
  int32_t wanted = std::min(count, group_limit);
  re2::RE2::Anchor where = anchor == nb_regex_whole ? re2::RE2::ANCHOR_BOTH : re2::RE2::UNANCHORED;
  re2::StringPiece whole = piece(text, length);
  if (!regex->compiled.Match(whole, from, length, where, groups, wanted)) return false;
  for (int32_t index = 0; index < count; index++) {
    spans[index] = {-1, -1};
    if (index < wanted && groups[index].data() != nullptr) {
      spans[index].start = groups[index].data() - whole.data();
      spans[index].end = spans[index].start + static_cast<int64_t>(groups[index].size());
    }
  }
  return true;
}
