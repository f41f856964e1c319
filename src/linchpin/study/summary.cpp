// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/study/run.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

constexpr std::size_t most_rows = 8;
constexpr char const* whole_world = "WORLD";

ResultTable const* find_table(ResultSet const& results, std::string_view name) {
  for (auto const& table : results.tables) {
    if (table.name == name) return &table;
  }
  return nullptr;
}

TextColumn const& texts(ResultTable const& table, std::string_view name) {
  static TextColumn const none;
  for (auto const& column : table.columns) {
    auto const* data = std::get_if<TextColumn>(&column.data);
    if (column.name == name && data != nullptr) return *data;
  }
  return none;
}

std::optional<double> number(ResultTable const& table, std::string_view name, std::size_t row) {
  for (auto const& column : table.columns) {
    auto const* data = std::get_if<NumberColumn>(&column.data);
    if (column.name != name || data == nullptr || row >= data->values.size()) continue;
    if (!data->missing.empty() && data->missing[row]) return std::nullopt;
    return data->values[row];
  }
  return std::nullopt;
}

std::string pct(std::optional<double> value) { return value ? percent_words(*value) : "-"; }

using Lines = std::vector<std::vector<std::string>>;

// Columns as wide as their longest entry; labels left, numbers right.
std::string aligned(Lines const& lines, std::size_t labels) {
  std::vector<std::size_t> widths;
  for (auto const& line : lines) {
    widths.resize(std::max(widths.size(), line.size()), 0);
    for (std::size_t k = 0; k < line.size(); ++k) widths[k] = std::max(widths[k], line[k].size());
  }
  std::string out;
  for (auto const& line : lines) {
    std::string text;
    for (std::size_t k = 0; k < line.size(); ++k) {
      if (k > 0) text += "  ";
      text += k < labels ? fmt::format("{:<{}}", line[k], widths[k])
                         : fmt::format("{:>{}}", line[k], widths[k]);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + "\n";
  }
  return out;
}

std::map<std::pair<std::string, std::string>, std::string> ranges(ResultSet const& results) {
  std::map<std::pair<std::string, std::string>, std::string> found;
  auto const* table = find_table(results, "range");
  if (table == nullptr) return found;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    if (texts(*table, "measure").at(row) != "value_added_loss_pct") continue;
    auto const low = number(*table, "low", row);
    auto const high = number(*table, "high", row);
    if (!low || !high) continue;
    found[{texts(*table, "scenario").at(row), texts(*table, "region").at(row)}] =
        fmt::format("{} to {}", two_digits(*low), pct(high));
  }
  return found;
}

Lines losses(ResultSet const& results, ResultTable const& table) {
  auto const& scenarios = texts(table, "scenario");
  auto const& regions = texts(table, "region");
  std::map<std::string, std::string> names;
  for (auto const& region : results.regions) names[region.label] = region.name;
  auto const range = ranges(results);
  Lines lines{{"scenario", "region", "value added lost", "range", "output lost", "final use lost"}};
  std::size_t first = 0;
  while (first < scenarios.size()) {
    std::vector<std::size_t> rows;
    std::size_t last = first;
    for (; last < scenarios.size() && scenarios[last] == scenarios[first]; ++last) {
      rows.push_back(last);
    }
    auto const loss = [&](std::size_t row) {
      return number(table, "value_added_loss_pct", row).value_or(-1e300);
    };
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
      bool const a_world = regions[a] == whole_world, b_world = regions[b] == whole_world;
      return a_world != b_world ? a_world : loss(a) > loss(b);
    });
    rows.resize(std::min(rows.size(), most_rows));
    for (auto const row : rows) {
      auto const name = names.find(regions[row]);
      auto const found = range.find({scenarios[row], regions[row]});
      lines.push_back({scenarios[row], name == names.end() ? regions[row] : name->second,
                       pct(number(table, "value_added_loss_pct", row)),
                       found == range.end() ? "" : found->second,
                       pct(number(table, "output_loss_pct", row)),
                       pct(number(table, "final_use_loss_pct", row))});
    }
    first = last;
  }
  return lines;
}

Lines reliances(ResultTable const& table) {
  auto const& buyers = texts(table, "buyer");
  auto const& suppliers = texts(table, "supplier");
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    auto const region = buyers[row].substr(0, buyers[row].find(':'));
    if (suppliers[row] != region) rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    return number(table, "look_through", a).value_or(0) >
           number(table, "look_through", b).value_or(0);
  });
  rows.resize(std::min(rows.size(), most_rows));
  Lines lines{{"buyer", "supplier", "face value", "look-through", "hidden"}};
  auto const share = [&](char const* name, std::size_t row) {
    auto const value = number(table, name, row);
    return value ? percent_words(100 * *value) : std::string{"-"};
  };
  for (auto const row : rows) {
    lines.push_back({buyers[row], suppliers[row], share("face_value", row),
                     share("look_through", row), share("hidden", row)});
  }
  return lines;
}

}  // namespace

std::string summary_table(ResultSet const& results) {
  constexpr std::size_t labels = 2;
  if (auto const* table = find_table(results, "loss_by_region")) {
    return aligned(losses(results, *table), labels);
  }
  if (auto const* table = find_table(results, "reliance")) {
    return aligned(reliances(*table), labels);
  }
  return {};
}

}  // namespace linchpin::study
