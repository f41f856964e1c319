// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/threat_file.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "linchpin/study/required_keys.h"
#include "linchpin/study/standoff_reader.h"
#include "linchpin/study/toml_reader.h"
#include "linchpin/study/uncertain_reader.h"

namespace linchpin::study {
namespace {

/// Reads numbers that may be ranges, and remembers whether one was.
class RangeReader {
 public:
  explicit RangeReader(TomlReader& reader) : reader_(reader) {}

  RangedNumber number(char const* key, Range const& allowed, std::optional<double> fallback = {}) {
    if (!reader_.has(key)) {
      if (!fallback) {
        reader_.problem(ErrorCode::missing_value,
                        fmt::format("'{}' is missing", reader_.full_name(key)), reader_.where(),
                        fmt::format("add {} = a number, or [low, high]", key));
      }
      auto const value = fallback.value_or(0);
      return {value, value, value, {}};
    }
    auto const* node = reader_.node(key);
    auto const* list = node->as_array();
    if (list == nullptr) {
      auto const value = reader_.number(key, allowed);
      double const found = value ? value->value : allowed.lowest;
      return {found, found, found, {}};
    }
    if (list->size() != 2) {
      reader_.problem(ErrorCode::bad_format, fmt::format("a range of {} numbers", list->size()),
                      reader_.place_of(key), "write [low, high]");
      return {};
    }
    auto const low = reader_.number_of(key, (*list)[0], allowed);
    auto const high = reader_.number_of(key, (*list)[1], allowed);
    if (!low || !high) return {};
    if (low->value > high->value) {
      reader_.problem(ErrorCode::bad_value, fmt::format("[{}, {}]", low->value, high->value),
                      reader_.place_of(key), "the lower number first");
      return {};
    }
    ranges_ = ranges_ || low->value < high->value;
    return {(low->value + high->value) / 2, low->value, high->value, {}};
  }

  [[nodiscard]] bool ranges() const noexcept { return ranges_; }

 private:
  TomlReader& reader_;
  bool ranges_ = false;
};

/// The document, its title and its one table, read by `read`; draws where numbers are ranges.
template <typename File, typename Read>
Result<File> read_document(std::string_view text, std::string const& source, char const* table,
                           Read const& read) {
  ErrorList errors;
  auto const document = parse_toml(text, source, errors);
  if (!document) return fail(errors.joined());
  File file;
  TomlReader reader(*document, source, "", errors);
  if (auto const title = reader.name("title")) file.title = title->value;
  auto part = reader.table(table);
  bool ranges = false;
  if (part) {
    RangeReader numbers(*part);
    read(*part, numbers, file);
    part->finish();
    ranges = numbers.ranges();
  } else if (!reader.has(table)) {
    reader.problem(ErrorCode::missing_value, fmt::format("no [{}]", table), reader.where(),
                   fmt::format("add a table [{}], see docs/formats/game.md", table));
  }
  file.ensemble = read_ensemble(reader);
  if (ranges && !file.ensemble) {
    reader.problem(ErrorCode::missing_value, "ranges without draws", reader.where(),
                   "add [ensemble] with draws and seed");
  }
  if (!ranges) file.ensemble.reset();
  reader.finish();
  if (!errors.empty()) return fail(in_line_order(errors.joined()));
  return file;
}

constexpr Range positive{.lowest = 0, .above = true};
constexpr Range not_negative{.lowest = 0};
constexpr Range share{.lowest = 0, .highest = 1};

std::string unit_of(TomlReader& reader) {
  auto const unit = reader.name("unit");
  return unit ? unit->value : "units of the file";
}

}  // namespace

bool is_threat_file(std::string_view name) { return name.ends_with(".toml"); }

Result<BargainFile> read_bargain(std::string_view text, std::string const& source) {
  return read_document<BargainFile>(
      text, source, "bargain", [](TomlReader& reader, RangeReader& numbers, BargainFile& file) {
        file.first = needed_name(reader, "first", "\"USA\"").value;
        file.second = needed_name(reader, "second", "\"CHN\"").value;
        file.unit = unit_of(reader);
        if (auto const weight = reader.number("weight", share)) file.weight = weight->value;
        file.first_with = numbers.number("first_with", positive);
        file.first_without = numbers.number("first_without", {});
        file.second_with = numbers.number("second_with", positive);
        file.second_without = numbers.number("second_without", {});
        file.first_resolve = numbers.number("first_resolve", not_negative, 0);
        file.second_resolve = numbers.number("second_resolve", not_negative, 0);
      });
}

Result<SignalFile> read_signal(std::string_view text, std::string const& source) {
  return read_document<SignalFile>(
      text, source, "signal", [](TomlReader& reader, RangeReader& numbers, SignalFile& file) {
        file.target = needed_name(reader, "target", "\"USA\"").value;
        file.sender = needed_name(reader, "sender", "\"CHN\"").value;
        file.unit = unit_of(reader);
        file.resilient_cost = numbers.number("resilient_cost", positive);
        file.dependent_cost = numbers.number("dependent_cost", positive);
        file.resilient_loss = numbers.number("resilient_loss", not_negative);
        file.dependent_loss = numbers.number("dependent_loss", not_negative);
        file.gain = numbers.number("gain", positive);
        file.penalty = numbers.number("penalty", positive);
        file.belief = numbers.number("belief", share);
      });
}

}  // namespace linchpin::study
