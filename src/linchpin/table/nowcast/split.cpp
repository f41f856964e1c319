// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/split.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "linchpin/table/nowcast/concordance.h"
#include "linchpin/table/shape.h"
#include "linchpin/table/nowcast/split_wishes.h"

namespace linchpin {
namespace {

using splitting::Wishes;

constexpr double rounding = 1e-9;  // share by which given figures may miss what they must add up to

/// Where the industries of the old table are in the new one. The sector's industries have two
/// places.
struct Places {
  TableLabels labels;
  std::vector<std::size_t> of;                   // old industry -> new one; the rest for split ones
  std::vector<std::optional<std::size_t>> line;  // old industry -> its line
};

Places place(TableLabels const& old, std::size_t sector, SplitSpec const& spec) {
  Places places{old, {}, {}};
  auto& sectors = places.labels.sectors;
  auto& rest = sectors[sector];
  SectorLabel line{spec.line, spec.line_name.empty() ? spec.line : spec.line_name, rest.service};
  if (!spec.rest.empty()) rest.label = spec.rest;
  if (!spec.rest_name.empty()) rest.name = spec.rest_name;
  sectors.insert(sectors.begin() + static_cast<std::ptrdiff_t>(sector), std::move(line));
  places.labels.industries.clear();
  for (auto const& key : old.industries) {
    auto const number = key.sector.index();
    places.line.emplace_back();
    if (number == sector) {
      places.line.back() = places.labels.industries.size();
      places.labels.industries.push_back(key);
    }
    places.of.push_back(places.labels.industries.size());
    places.labels.industries.push_back(
        {key.region, SectorId{number < sector ? number : number + 1}});
  }
  return places;
}

class Splitter {
 public:
  Splitter(Table const& table, SplitSpec const& spec, Wishes wishes)
      : table_(table),
        spec_(spec),
        wishes_(std::move(wishes)),
        places_(place(table.labels, wishes_.sector, spec)),
        Z_(table.Z.to_dense()),
        categories_(table.labels.categories.size()) {}

  Result<Table> run() {
    auto const n = places_.labels.industries.size();
    // Rows first: sellers by two, buyers as before.
    rows_ = DenseMatrix(n, table_.size());
    result_.Y = DenseMatrix(n, table_.Y.columns());
    for (std::size_t i = 0; i < table_.size(); ++i) split_row(i);
    result_.Z = FlowMatrix(n, n);
    result_.output.assign(n, 0.0);
    result_.value_added = DenseMatrix(table_.value_added.rows(), n);
    for (std::size_t j = 0; j < table_.size(); ++j) split_column(j);
    if (!errors_.empty()) return fail(errors_.joined());
    split_satellites();
    result_.labels = places_.labels;
    result_.info = table_.info;
    result_.info.estimated = true;
    if (!result_.info.history.empty()) result_.info.history += '\n';
    result_.info.history += fmt::format("'{}' carved out of '{}'", spec_.line, spec_.sector);
    return std::move(result_);
  }

 private:
  struct Cell {
    std::size_t column = 0;  ///< of Z, or of Y behind it
    double value = 0;
    double wish = 0;
    double taken = 0;
  };

  void split_row(std::size_t i);
  void split_block(std::size_t i, std::size_t buyer, double flow, std::vector<Cell>& cells);
  void split_column(std::size_t j);
  void split_satellites();
  [[nodiscard]] double share_of_line(std::size_t industry) const {
    double const output = table_.output[industry];
    return output > 0 ? std::min(1.0, wishes_.output[region_of(industry)] / output) : 0;
  }
  [[nodiscard]] std::size_t region_of(std::size_t industry) const {
    return table_.labels.industries[industry].region.index();
  }
  [[nodiscard]] std::string const& region_name(std::size_t region) const {
    return table_.labels.regions[region].label;
  }

  Table const& table_;
  SplitSpec const& spec_;
  Wishes wishes_;
  Places places_;
  DenseMatrix Z_;
  std::size_t categories_;
  DenseMatrix rows_;  // new sellers x old buyers
  Table result_;
  ErrorList errors_;
};

void Splitter::split_row(std::size_t i) {
  auto const to = places_.of[i];
  std::copy_n(Z_.row(i).begin(), table_.size(), rows_.row(to).begin());
  std::copy_n(table_.Y.row(i).begin(), table_.Y.columns(), result_.Y.row(to).begin());
  if (!places_.line[i]) return;
  auto const seller = region_of(i);
  auto const G = table_.labels.regions.size();
  std::vector<std::vector<Cell>> blocks(G);
  DenseVector sold(G, 0.0);
  double total = 0;
  auto const take = [&](std::size_t buyer, std::size_t column, double value) {
    if (value <= 0) return;  // stocks run down stay with the rest
    blocks[buyer].push_back({column, value, 0, 0});
    sold[buyer] += value;
    total += value;
  };
  for (std::size_t j = 0; j < table_.size(); ++j) take(region_of(j), j, Z_(i, j));
  for (std::size_t k = 0; k < table_.Y.columns(); ++k) {
    take(k / categories_, table_.size() + k, table_.Y(i, k));
  }
  double const output = wishes_.output[seller];
  if (output > total * (1 + rounding) || output > table_.output[i] * (1 + rounding)) {
    errors_.add(ErrorCode::bad_value,
                fmt::format("the line's output of {:.6g} exceeds the sector's {:.6g}", output,
                            std::min(total, table_.output[i])),
                table_.labels.industry_label(i), "lower the output of the line");
    return;
  }
  auto const given = wishes_.flows[seller];
  double sum = 0;
  for (std::size_t r = 0; r < G; ++r) {
    double const flow = given.empty() ? (total > 0 ? output * sold[r] / total : 0) : given[r];
    sum += flow;
    if (flow > sold[r] * (1 + rounding)) {
      errors_.add(ErrorCode::bad_value,
                  fmt::format("the line's sales of {:.6g} to {} exceed the sector's {:.6g}", flow,
                              region_name(r), sold[r]),
                  table_.labels.industry_label(i), "lower the flow");
      continue;
    }
    split_block(i, r, std::min(flow, sold[r]), blocks[r]);
  }
  if (std::abs(sum - output) > rounding * std::max(sum, output)) {
    errors_.add(ErrorCode::bad_value,
                fmt::format("the line's sales add up to {:.9g}, its output is {:.9g}", sum, output),
                table_.labels.industry_label(i), "give all flows of this seller, or none");
  }
}

/// Gives each user what it wishes, at most what it has, and the excess to those with room left.
void Splitter::split_block(std::size_t i, std::size_t buyer, double flow,
                           std::vector<Cell>& cells) {
  if (flow <= 0) return;
  auto const& users = wishes_.users[buyer];
  double wished = 0;
  for (auto& cell : cells) {
    auto const user =
        cell.column < table_.size()
            ? table_.labels.industries[cell.column].sector.index()
            : table_.labels.sectors.size() + (cell.column - table_.size()) % categories_;
    cell.wish = users.empty() ? cell.value : users[user];
    wished += cell.wish;
  }
  double left = flow, room = 0;
  for (auto& cell : cells) {
    cell.taken = wished > 0 ? std::min(cell.value, flow * cell.wish / wished) : 0;
    left -= cell.taken;
    room += cell.value - cell.taken;
  }
  auto const line = *places_.line[i];
  auto const rest = places_.of[i];
  for (auto& cell : cells) {
    if (left > 0 && room > 0) {
      cell.taken = std::min(cell.value, cell.taken + left * (cell.value - cell.taken) / room);
    }
    if (cell.column < table_.size()) {
      rows_(line, cell.column) = cell.taken;
      rows_(rest, cell.column) = cell.value - cell.taken;
    } else {
      result_.Y(line, cell.column - table_.size()) = cell.taken;
      result_.Y(rest, cell.column - table_.size()) = cell.value - cell.taken;
    }
  }
}

void Splitter::split_column(std::size_t j) {
  auto const rest = places_.of[j];
  auto const n = rows_.rows();
  result_.output[rest] = table_.output[j];
  for (std::size_t k = 0; k < table_.value_added.rows(); ++k) {
    result_.value_added(k, rest) = table_.value_added(k, j);
  }
  if (!places_.line[j]) {
    for (std::size_t i = 0; i < n; ++i) result_.Z(i, rest) = rows_(i, j);
    return;
  }
  auto const region = region_of(j);
  auto const line = *places_.line[j];
  double const output = std::min(wishes_.output[region], table_.output[j]);
  auto const& wished = wishes_.inputs[region];  // by new sector, per unit of output
  DenseVector bought(places_.labels.sectors.size(), 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    bought[places_.labels.industries[i].sector.index()] += rows_(i, j);
  }
  DenseVector part(bought.size(), share_of_line(j));
  for (std::size_t s = 0; s < wished.size(); ++s) {
    double const wish = wished[s] * output;
    if (wish > bought[s] * (1 + rounding)) {
      errors_.add(ErrorCode::bad_value,
                  fmt::format("the line's inputs of {:.6g} from sector '{}' exceed the {:.6g} that "
                              "the whole sector buys",
                              wish, places_.labels.sectors[s].label, bought[s]),
                  table_.labels.industry_label(j), "lower the input share");
    }
    part[s] = bought[s] > 0 ? std::min(1.0, wish / bought[s]) : 0;
  }
  double inputs = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double const cell = rows_(i, j);
    double const taken = cell * part[places_.labels.industries[i].sector.index()];
    result_.Z(i, line) = taken;
    result_.Z(i, rest) = cell - taken;
    inputs += taken;
  }
  result_.output[line] = output;
  result_.output[rest] = table_.output[j] - output;
  double left = output - inputs;
  double total = 0;
  for (std::size_t k = 0; k < table_.value_added.rows(); ++k) total += table_.value_added(k, j);
  // Without input shares of its own the line is like the whole sector, in what it adds as well,
  // also where the sector adds less than nothing.
  if (wished.empty()) left = share_of_line(j) * total;
  bool const shared_out = table_.value_added.rows() > 0 && output > 0;
  bool const too_little = left < std::min(0.0, total) - rounding * output;
  bool const too_much = left > std::max(0.0, total) + rounding * table_.output[j];
  if (too_little || (shared_out && too_much)) {
    errors_.add(
        ErrorCode::bad_value,
        fmt::format("the line would add value of {:.6g}, the sector adds {:.6g}", left, total),
        table_.labels.industry_label(j),
        too_little ? "lower the input shares" : "raise the input shares");
    return;
  }
  for (std::size_t k = 0; k < table_.value_added.rows(); ++k) {
    double const all = table_.value_added(k, j);
    double const taken = total != 0 ? all * (left / total) : 0;
    result_.value_added(k, line) = taken;
    result_.value_added(k, rest) = all - taken;
  }
}

void Splitter::split_satellites() {
  result_.satellites.rows = table_.satellites.rows;
  result_.satellites.F_Y = table_.satellites.F_Y;
  if (table_.satellites.F.empty()) return;
  auto const rows = table_.satellites.F.rows();
  result_.satellites.F = DenseMatrix(rows, places_.labels.industries.size());
  for (std::size_t k = 0; k < rows; ++k) {
    for (std::size_t j = 0; j < table_.size(); ++j) {
      double const all = table_.satellites.F(k, j);
      double const taken = places_.line[j] ? all * share_of_line(j) : 0;
      if (places_.line[j]) result_.satellites.F(k, *places_.line[j]) = taken;
      result_.satellites.F(k, places_.of[j]) = all - taken;
    }
  }
}

}  // namespace

Result<Table> split_sector(Table const& table, SplitSpec const& spec) {
  if (auto const fits = check_shapes(table); !fits) return fail(fits.error());
  for (std::size_t i = 0; i < table.size(); ++i) {
    bool negative = false;
    table.Z.for_each(i, [&](std::size_t /*j*/, double flow) { negative |= !(flow >= 0); });
    if (negative) {
      return fail(ErrorCode::invalid_table, "intermediate flows are negative or not finite",
                  table.labels.industry_label(i), "repair the table first");
    }
  }
  auto wishes = splitting::understand(table.labels, spec);
  if (!wishes) return fail(wishes.error());
  return Splitter(table, spec, *std::move(wishes)).run();
}

}  // namespace linchpin
