#include "CJSON.h"

#include <simdjson.h>

#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace simdjson;

namespace {

/// What a thread reads with, kept from one text to the next.
struct reader {
  ondemand::parser parser;
  std::string padded;
  std::vector<nb_json_node> nodes;
};

bool is_digit(char character) { return character >= '0' && character <= '9'; }

/// RFC 8259, section 6. simdjson itself would turn the number into 64 bits, which not all fit.
bool is_number(std::string_view text) {
  size_t at = 0;
  auto digits = [&] {
    size_t start = at;
    while (at < text.size() && is_digit(text[at])) at++;
    return at > start;
  };
  if (at < text.size() && text[at] == '-') at++;
  if (at < text.size() && text[at] == '0') {
    at++;
  } else if (!digits()) {
    return false;
  }
  if (at < text.size() && text[at] == '.') {
    at++;
    if (!digits()) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    at++;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) at++;
    if (!digits()) return false;
  }
  return at == text.size();
}

size_t append(reader &into, nb_json_kind kind, std::string_view text) {
  into.nodes.push_back({kind, 0, into.nodes.size() + 1, reinterpret_cast<const uint8_t *>(text.data()), text.size()});
  return into.nodes.size() - 1;
}

/// A token without the white space behind it.
std::string_view trimmed(std::string_view token) {
  size_t end = token.find_last_not_of(" \t\r\n");
  return token.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

bool read(reader &into, ondemand::value value, int depth);

bool read_array(reader &into, ondemand::array array, int depth) {
  size_t place = append(into, nb_json_array, {});
  for (auto item : array) {
    ondemand::value value;
    if (std::move(item).get(value) || !read(into, value, depth + 1)) return false;
    into.nodes[place].count++;
  }
  into.nodes[place].next = into.nodes.size();
  return true;
}

bool read_object(reader &into, ondemand::object object, int depth) {
  size_t place = append(into, nb_json_object, {});
  for (auto member : object) {
    ondemand::field field;
    std::string_view key;
    if (std::move(member).get(field) || field.unescaped_key().get(key)) return false;
    append(into, nb_json_string, key);
    if (!read(into, field.value(), depth + 1)) return false;
    into.nodes[place].count++;
  }
  into.nodes[place].next = into.nodes.size();
  return true;
}

bool read(reader &into, ondemand::value value, int depth) {
  if (depth > NB_JSON_DEPTH_LIMIT) return false;
  ondemand::json_type type;
  if (value.type().get(type)) return false;
  switch (type) {
  case ondemand::json_type::array: {
    ondemand::array array;
    return !value.get_array().get(array) && read_array(into, array, depth);
  }
  case ondemand::json_type::object: {
    ondemand::object object;
    return !value.get_object().get(object) && read_object(into, object, depth);
  }
  case ondemand::json_type::string: {
    std::string_view text;
    if (value.get_string().get(text)) return false;
    append(into, nb_json_string, text);
    return true;
  }
  case ondemand::json_type::number: {
    std::string_view token = trimmed(value.raw_json_token());
    append(into, nb_json_number, token);
    return is_number(token);
  }
  case ondemand::json_type::boolean: {
    std::string_view token = trimmed(value.raw_json_token());
    append(into, nb_json_boolean, token);
    return token == "true" || token == "false";
  }
  case ondemand::json_type::null:
    append(into, nb_json_null, {});
    return trimmed(value.raw_json_token()) == "null";
  }
  return false;
}

} // namespace

const nb_json_node *nb_json_read(const uint8_t *text, size_t length, size_t *count) try {
  static thread_local reader into;
  into.nodes.clear();
  // In an array of its own every value is read the same way, and nothing but one value fits.
  into.padded.clear();
  into.padded.reserve(length + 2 + SIMDJSON_PADDING);
  into.padded += '[';
  into.padded.append(reinterpret_cast<const char *>(text), length);
  into.padded += ']';
  ondemand::document document;
  auto padded = padded_string_view(into.padded.data(), into.padded.size(), into.padded.capacity());
  if (into.parser.iterate(padded).get(document)) return nullptr;
  ondemand::array outer;
  if (document.get_array().get(outer)) return nullptr;
  int values = 0;
  for (auto item : outer) {
    ondemand::value value;
    if (std::move(item).get(value) || ++values > 1 || !read(into, value, 1)) return nullptr;
  }
  if (values != 1 || document.current_location().error() != OUT_OF_BOUNDS) return nullptr;
  *count = into.nodes.size();
  return into.nodes.data();
} catch (const std::exception &) {
  return nullptr;
}
