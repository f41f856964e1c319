// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/toml_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <utility>

#include "linchpin/core/nearest.h"

namespace linchpin::study {
namespace {

constexpr std::size_t longest_document = 8U << 20U;

std::string_view type_name(toml::node const& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::string:
      return "a text";
    case toml::node_type::integer:
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return "true or false";
    default:
      return "a date or time";
  }
}

// First code point of valid UTF-8, with its length.
std::pair<std::uint32_t, std::size_t> first_code_point(std::string_view text) {
  auto const byte = [&](std::size_t i) {
    return std::uint32_t{static_cast<unsigned char>(i < text.size() ? text[i] : '\0')};
  };
  auto const next = [&](std::size_t i) { return byte(i) & 0x3FU; };
  auto const first = byte(0);
  if (first < 0xC0) return {first, 1};
  if (first < 0xE0) return {(first & 0x1FU) << 6U | next(1), 2};
  if (first < 0xF0) return {(first & 0x0FU) << 12U | next(1) << 6U | next(2), 3};
  return {(first & 0x07U) << 18U | next(1) << 12U | next(2) << 6U | next(3), 4};
}

// Controls, line and paragraph separators, and marks that turn the direction of the text: a name
// with them breaks lines and tables, or reads as another name (Unicode TR 9 and TR 36).
bool is_unfit_for_names(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

bool in_range(double value, Range const& range) {
  if (std::isnan(value)) return false;
  if (std::isinf(value)) return range.infinity && value > 0;
  return value <= range.highest && (range.above ? value > range.lowest : value >= range.lowest);
}

std::string describe(Range const& range) {
  auto const low = fmt::format("{} {}", range.above ? "above" : "at least", range.lowest);
  if (std::isinf(range.highest)) return low;
  if (std::isinf(range.lowest)) return fmt::format("at most {}", range.highest);
  if (!range.above) return fmt::format("between {} and {}", range.lowest, range.highest);
  return fmt::format("{} and at most {}", low, range.highest);
}

}  // namespace

TomlReader::TomlReader(toml::table const& table, std::string const& source, std::string path,
                       ErrorList& errors)
    : table_(table), source_(source), path_(std::move(path)), errors_(errors) {}

std::string TomlReader::place(toml::source_region const& region) const {
  return region.begin.line == 0 ? source_ : fmt::format("{}:{}", source_, region.begin.line);
}

std::string TomlReader::place_of(std::string_view key) const {
  auto const* node = table_.get(key);
  return node == nullptr ? where() : place(node->source());
}

std::string TomlReader::full_name(std::string_view key) const {
  return path_.empty() ? std::string{key} : fmt::format("{}.{}", path_, key);
}

void TomlReader::remember(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
}

bool TomlReader::has(std::string_view key) { return node(key) != nullptr; }

toml::node const* TomlReader::node(std::string_view key) {
  remember(key);
  return table_.get(key);
}

void TomlReader::problem(ErrorCode code, std::string what, std::string where, std::string hint) {
  errors_.add(code, std::move(what), std::move(where), std::move(hint));
}

void TomlReader::wrong_type(std::string_view key, toml::node const& node, std::string_view wanted) {
  problem(ErrorCode::bad_format,
          fmt::format("'{}' should be {}, but is {}", full_name(key), wanted, type_name(node)),
          place(node.source()), fmt::format("write {} there", wanted));
}

std::optional<Placed<std::string>> TomlReader::text(std::string_view key) {
  auto const* found = node(key);
  if (found == nullptr) return std::nullopt;
  auto const value = found->value_exact<std::string>();
  if (!value) {
    wrong_type(key, *found, "a text in quotes");
    return std::nullopt;
  }
  return Placed<std::string>{*value, place(found->source())};
}

std::optional<Placed<std::string>> TomlReader::name(std::string_view key) {
  auto name = text(key);
  if (!name) return name;
  std::string_view rest = name->value;
  while (!rest.empty()) {
    auto const [code, length] = first_code_point(rest);
    if (is_unfit_for_names(code)) {
      problem(ErrorCode::bad_value,
              fmt::format("'{}' holds the invisible character U+{:04X}", full_name(key), code),
              name->where, "names are one line of visible characters");
      break;
    }
    rest.remove_prefix(std::min(length, rest.size()));
  }
  return name;
}

bool same_name(std::string_view a, std::string_view b) {
  auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

std::optional<Placed<bool>> TomlReader::boolean(std::string_view key) {
  auto const* found = node(key);
  if (found == nullptr) return std::nullopt;
  auto const value = found->value_exact<bool>();
  if (!value) {
    wrong_type(key, *found, "true or false");
    return std::nullopt;
  }
  return Placed<bool>{*value, place(found->source())};
}

std::optional<double> TomlReader::checked_number(std::string_view key, toml::node const& node,
                                                 Range const& range) {
  if (!node.is_number()) {
    wrong_type(key, node, "a number");
    return std::nullopt;
  }
  double const value = node.value<double>().value_or(std::nan(""));
  if (!in_range(value, range)) {
    std::string const hint = std::isfinite(value) ? fmt::format("use a number {}", describe(range))
                                                  : std::string{"use a finite number"};
    problem(ErrorCode::bad_value, fmt::format("'{}' is {}", full_name(key), value),
            place(node.source()),
            range.hint != nullptr && std::isfinite(value) ? range.hint : hint);
    return std::nullopt;
  }
  return value;
}

std::optional<Placed<double>> TomlReader::number(std::string_view key, Range const& range) {
  auto const* found = node(key);
  if (found == nullptr) return std::nullopt;
  auto const value = checked_number(key, *found, range);
  if (!value) return std::nullopt;
  return Placed<double>{*value, place(found->source())};
}

std::optional<Placed<int>> TomlReader::whole(std::string_view key, Range const& range) {
  auto const value = number(key, range);
  if (!value) return std::nullopt;
  if (value->value != std::floor(value->value)) {
    problem(ErrorCode::bad_value, fmt::format("'{}' is {}", full_name(key), value->value),
            value->where, "use a whole number");
    return std::nullopt;
  }
  return Placed<int>{static_cast<int>(value->value), value->where};
}

std::vector<Placed<std::string>> TomlReader::texts(std::string_view key) {
  auto const* found = node(key);
  if (found == nullptr) return {};
  return texts_of(key, *found);
}

std::optional<Placed<double>> TomlReader::number_of(std::string_view key, toml::node const& node,
                                                    Range const& range) {
  auto const value = checked_number(key, node, range);
  if (!value) return std::nullopt;
  return Placed<double>{*value, place(node.source())};
}

std::vector<Placed<std::string>> TomlReader::texts_of(std::string_view key,
                                                      toml::node const& node) {
  if (auto const alone = node.value_exact<std::string>()) {
    return {{*alone, place(node.source())}};
  }
  auto const* list = node.as_array();
  if (list == nullptr) {
    wrong_type(key, node, "a list of texts");
    return {};
  }
  if (list->empty()) {
    problem(ErrorCode::missing_value, fmt::format("'{}' is an empty list", full_name(key)),
            place(node.source()), "name at least one, or leave the key out");
  }
  std::vector<Placed<std::string>> result;
  for (auto const& entry : *list) {
    auto const value = entry.value_exact<std::string>();
    if (!value) {
      wrong_type(key, entry, "a list of texts");
      continue;
    }
    bool const twice = std::any_of(result.begin(), result.end(),
                                   [&](auto const& each) { return each.value == *value; });
    if (twice) {
      problem(ErrorCode::duplicate_label,
              fmt::format("'{}' names '{}' twice", full_name(key), *value), place(entry.source()),
              "remove one of the two");
      continue;
    }
    result.push_back({*value, place(entry.source())});
  }
  return result;
}

std::optional<TomlReader> TomlReader::table(std::string_view key) {
  auto const* found = node(key);
  if (found == nullptr) return std::nullopt;
  auto const* table = found->as_table();
  if (table == nullptr) {
    wrong_type(key, *found, fmt::format("a table ([{}])", full_name(key)));
    return std::nullopt;
  }
  return TomlReader{*table, source_, full_name(key), errors_};
}

std::vector<TomlReader> TomlReader::tables(std::string_view key) {
  auto const* found = node(key);
  if (found == nullptr) return {};
  auto const wanted = fmt::format("a list of tables ([[{}]])", full_name(key));
  auto const* list = found->as_array();
  if (list == nullptr) {
    wrong_type(key, *found, wanted);
    return {};
  }
  std::vector<TomlReader> result;
  for (auto const& entry : *list) {
    if (auto const* table = entry.as_table()) {
      result.emplace_back(*table, source_, full_name(key), errors_);
    } else {
      wrong_type(key, entry, wanted);
    }
  }
  return result;
}

std::vector<std::string> TomlReader::keys() const {
  std::vector<std::string> keys;
  for (auto const& [key, entry] : table_) keys.emplace_back(key.str());
  return keys;
}

std::vector<Placed<std::pair<std::string, double>>> TomlReader::all_numbers(Range const& range) {
  std::vector<Placed<std::pair<std::string, double>>> result;
  for (auto const& [key, entry] : table_) {
    remember(key.str());
    auto const value = checked_number(key.str(), entry, range);
    if (value) result.push_back({{std::string{key.str()}, *value}, place(entry.source())});
  }
  return result;
}

void TomlReader::finish() {
  for (auto const& [key, entry] : table_) {
    if (std::find(known_.begin(), known_.end(), key.str()) != known_.end()) continue;
    auto const others = fmt::format("known keys here: {}", fmt::join(known_, ", "));
    problem(ErrorCode::unknown_key, fmt::format("unknown key '{}'", full_name(key.str())),
            place(key.source()), did_you_mean(key.str(), known_, others));
  }
}

std::optional<toml::table> parse_toml(std::string_view text, std::string const& source,
                                      ErrorList& errors) {
  if (text.size() > longest_document) {
    errors.add(ErrorCode::too_large, "longer than 8 MiB", source, "is this really a TOML file?");
    return std::nullopt;
  }
  try {
    return toml::parse(text, source);
  } catch (toml::parse_error const& error) {
    errors.add(ErrorCode::bad_format, fmt::format("not valid TOML: {}", error.description()),
               fmt::format("{}:{}", source, error.source().begin.line),
               "correct the syntax (https://toml.io); texts need quotes");
    return std::nullopt;
  }
}

Error in_line_order(Error error) {
  auto const line = [](Error const& each) {
    auto const colon = each.where.rfind(':');
    int number = 0;
    if (colon != std::string::npos) {
      auto const* first = each.where.data() + colon + 1;
      std::from_chars(first, each.where.data() + each.where.size(), number);
    }
    return number;
  };
  std::vector<Error> all = std::move(error.further);
  error.further.clear();
  all.insert(all.begin(), std::move(error));
  std::stable_sort(all.begin(), all.end(),
                   [&](Error const& a, Error const& b) { return line(a) < line(b); });
  // Defaults of a study are applied to each of its scenarios: a fault in them is still one fault.
  auto const same = [](Error const& a, Error const& b) {
    return a.what == b.what && a.where == b.where;
  };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  Error first = all.front();
  first.further.assign(all.begin() + 1, all.end());
  return first;
}

}  // namespace linchpin::study
